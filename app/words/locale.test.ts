import { expect, test } from "vitest";
import { localeFor } from "./locale";

test.each([
  [undefined, null, "en"],
  [undefined, "ja", "ja"],
  [undefined, "ja-JP,en;q=0.8", "ja"],
  [undefined, "en;q=0.5, ja;q=0.9", "ja"],
  [undefined, "fr-CH, de;q=0.9, ja;q=0.1", "ja"],
  [undefined, "ja;q=0, fr", "en"],
  [undefined, "*", "en"],
  [undefined, ";;;q=,,", "en"],
  ["en", "ja", "en"],
  ["ja", "en", "ja"],
  ["constructor", "ja", "ja"],
  ["../ja", null, "en"],
] as const)("chosen %s, browser %s: %s", (chosen, acceptLanguage, locale) => {
  expect(localeFor(chosen, acceptLanguage)).toBe(locale);
});
