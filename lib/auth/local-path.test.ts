import { expect, test } from "vitest";
import { carriedPath, localPath } from "./local-path";

test.each([
  ["/", "/"],
  ["/alerts?status=open#top", "/alerts?status=open#top"],
  ["/a/../items", "/items"],
  ["/items?next=//evil.example", "/items?next=//evil.example"],
  ["/%2f%2fevil.example", "/%2f%2fevil.example"],
  ["/@evil.example", "/@evil.example"],
  ["/https://evil.example", "/https://evil.example"],
  ["/日本", "/%E6%97%A5%E6%9C%AC"],
])("%j stays on this site", (value, path) => {
  expect(localPath(value)).toBe(path);
});

test.each([
  "",
  "items",
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
  ["/items"],
])("%j leads nowhere", (value) => {
  expect(localPath(value)).toBeNull();
});

test("a path that an address carries is encoded once, and means the same", () => {
  for (const path of [
    "/items?contains=%E3%81%82",
    "/items?contains=a%26b%3Dc%2520%25",
    "/items?contains=%F0%9F%98%80+x",
    "/%E3%81%82?a=1",
    "/items?contains=%FF",
  ]) {
    expect(localPath(carriedPath(path)), path).toBe(path);
  }
  const kana = `/items?contains=${"%E3%81%82".repeat(216)}`;
  expect(new URLSearchParams({ callbackUrl: carriedPath(kana) }).toString().length).toBeLessThan(2_000);
  expect(localPath(carriedPath(kana))).toBe(kana);
});

test("a path that is too long for that is carried without its query", () => {
  expect(carriedPath(`/items?contains=${"%E3%81%82".repeat(300)}`)).toBe("/items");
  expect(carriedPath(`/items?contains=${"%FF".repeat(700)}`)).toBe("/items");
});
