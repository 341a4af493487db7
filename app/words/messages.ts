import { FEATURES, type FeatureWords } from "@/lib/features";
import type { Locale } from "@/lib/languages";
import { GIVEN_ROLES, type GivenRole, ROLE_NAMES, type Role, roleWords } from "@/lib/roles";
import type en from "./frame/en.json";

/** Every word of the pages: those of the frame, of each feature, and of the roles. */
export type Words = typeof en &
  FeatureWords & { roles: Record<Role, string>; memberRole: Record<GivenRole, string> };

type Catalog = Record<string, Record<string, string>>;

/** All words in one language, put together once. */
export function messagesIn(locale: Locale): Promise<Words> {
  const words = known.get(locale) ?? readWords(locale);
  known.set(locale, words);
  return words;
}

const known = new Map<Locale, Promise<Words>>();

/** Each catalog is a file of its own that the build compiles: a browser needs no parser. */
async function readWords(locale: Locale): Promise<Words> {
  const ofFeatures = FEATURES.map(({ name }) => import(`../../lib/${name}/words/${locale}.json`));
  const modules = (await Promise.all([import(`./frame/${locale}.json`), ...ofFeatures])) as {
    default: Catalog;
  }[];
  return wordsOf(
    locale,
    modules.map((each) => each.default),
  );
}

/** The words of several catalogs, those of one namespace together, whoever brings them, and those of the roles. */
export function wordsOf(locale: Locale, catalogs: readonly Catalog[]): Words {
  const roles = ROLE_NAMES.map((role) => [role, roleWords(role, locale).name]);
  const choices = GIVEN_ROLES.map((role) => [role, roleWords(role, locale).choice]);
  const all: Catalog = { roles: Object.fromEntries(roles), memberRole: Object.fromEntries(choices) };
  for (const catalog of catalogs) {
    for (const [namespace, words] of Object.entries(catalog))
      all[namespace] = { ...all[namespace], ...words };
  }
  return all as Words;
}
