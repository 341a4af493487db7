import { expect, test } from "vitest";
import { localPath } from "./local-path";

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
