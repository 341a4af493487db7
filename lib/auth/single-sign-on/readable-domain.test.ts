import { domainToASCII } from "node:url";
import { expect, test } from "vitest";
import { readableDomain } from "./readable-domain";

test.each([
  "acme.example",
  "bücher.example",
  "straße.example",
  "日本.example",
  "関所センター.みんな",
  "abcセンター.example",
  "한국.example",
  "пример.рф",
  "παράδειγμα.example",
  "שלום.example",
])("%s is shown as it is written", (domain) => {
  expect(readableDomain(domainToASCII(domain))).toBe(domain);
});

test.each([
  ["a Cyrillic a in a Latin word", "p\u0430ypal.example"],
  ["a Latin word of Cyrillic letters", "\u0430\u0440\u0440\u04cf\u0435.example"],
  ["a Greek o in a Latin word", "g\u03bf.example"],
  ["Greek letters like Latin ones", "\u03bd\u03bf.example"],
  ["a dotless i", "m\u0131crosoft.example"],
  ["a stroke like a slash", "acme\u30ceexample.example"],
  ["a stroke like a hyphen", "acme\u30fcshop.example"],
  ["kana and Cyrillic", "\u30c8\u0430.example"],
  ["two scripts below a readable name", "p\u0430y.bücher.example"],
])("%s is shown in the letters of the DNS", (_, domain) => {
  const ascii = domainToASCII(domain);
  expect(ascii).toContain("xn--");
  expect(readableDomain(ascii)).toBe(ascii);
});
