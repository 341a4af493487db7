import { expect, test } from "vitest";
import { carriedPath, localPath, MAX_CARRIED, ownAddress } from "./local-path";

test.each([
  ["/", "/"],
  ["/members?status=invited#top", "/members?status=invited#top"],
  ["/a/../audit", "/audit"],
  ["/audit?next=//evil.example", "/audit?next=//evil.example"],
  ["/%2f%2fevil.example", "/%2f%2fevil.example"],
  ["/@evil.example", "/@evil.example"],
  ["/https://evil.example", "/https://evil.example"],
  ["/日本", "/%E6%97%A5%E6%9C%AC"],
])("%j stays on this site", (value, path) => {
  expect(localPath(value)).toBe(path);
});

test.each([
  "",
  "audit",
  "//evil.example",
  "///evil.example",
  "/\\evil.example",
  "\\\\evil.example",
  "/\t/evil.example",
  "/\r\n/evil.example",
  " //evil.example",
  "/.//evil.example",
  "/x/..//evil.example",
  "/x/%2e%2e//evil.example",
  "https://evil.example",
  "https:evil.example",
  "javascript:alert(1)",
  "data:text/html,x",
  "@evil.example",
  "%2f%2fevil.example",
  "http://[",
  undefined,
  null,
  7,
  ["/audit"],
])("%j leads nowhere", (value) => {
  expect(localPath(value)).toBeNull();
});

test("a path that an address carries is encoded once, and means the same", () => {
  for (const path of [
    "/audit?contains=%E3%81%82",
    "/audit?contains=a%26b%3Dc%2520%25",
    "/audit?contains=%F0%9F%98%80+x",
    "/%E3%81%82?a=1",
    "/audit?contains=%FF",
  ]) {
    expect(localPath(carriedPath(path)), path).toBe(path);
  }
  const kana = `/audit?contains=${"%E3%81%82".repeat(216)}`;
  expect(new URLSearchParams({ callbackUrl: carriedPath(kana) }).toString().length).toBeLessThan(2_000);
  expect(localPath(carriedPath(kana))).toBe(kana);
});

test("a path that is too long for that is carried without its query", () => {
  expect(carriedPath(`/audit?contains=${"%E3%81%82".repeat(300)}`)).toBe("/audit");
  expect(carriedPath(`/audit?contains=${"%FF".repeat(700)}`)).toBe("/audit");
});

test.each([
  ["a long path", `/${"x".repeat(7_000)}`],
  ["a long path of kana", `/audit/${"%E3%81%82".repeat(700)}`],
  ["a long path with a query", `/${"x".repeat(4_000)}?contains=a`],
  ["many segments", "/a".repeat(3_000)],
  ["exclamation marks, which a query writes three times as long", `/audit?contains=${"!".repeat(1_900)}`],
  ["apostrophes", `/audit?contains=${"'".repeat(1_900)}`],
  ["brackets", `/audit?contains=${"()".repeat(900)}`],
  ["tildes in a path", `/${"~".repeat(1_900)}`],
  ["an ampersand many times", `/audit?${"a&".repeat(900)}`],
  ["what is encoded and stays so", `/audit?contains=${"%26".repeat(1_000)}`],
])("a redirect never carries more than a proxy takes: %s", (_, path) => {
  const carried = carriedPath(path);
  expect(new URLSearchParams({ to: carried }).toString().length).toBeLessThanOrEqual(2_003);
  expect(localPath(carried)).not.toBeNull();
});

const OWN = "https://sekisho.example";

test.each([
  ["/audit?from=2026-11-01#top", `${OWN}/audit?from=2026-11-01#top`],
  [`${OWN}/audit`, `${OWN}/audit`],
  ["", `${OWN}/`],
  [`/audit?q=${"a".repeat(MAX_CARRIED)}`, `${OWN}/audit`],
  [`/${"a".repeat(MAX_CARRIED)}`, OWN],
])("an address of our own is carried as far as it fits: %j", (value, carried) => {
  expect(ownAddress(value, OWN)).toBe(carried);
});

test.each([
  "//evil.example",
  "/\\evil.example",
  "https://evil.example/",
  `${OWN}.evil.example`,
  "http://sekisho.example",
  "javascript:alert(1)",
  "http://[",
])("an address that leads elsewhere is none: %j", (value) => {
  expect(ownAddress(value, OWN)).toBeNull();
});
