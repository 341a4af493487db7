/** The languages that there are words in. Another one needs its catalogs beside those of English and a line here. */
export const LANGUAGES = { en: "English", ja: "日本語" } as const;
export type Locale = keyof typeof LANGUAGES;
