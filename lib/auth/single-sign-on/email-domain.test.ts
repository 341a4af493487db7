import { expect, test } from "vitest";
import { isEmailDomain, toDomain } from "./email-domain";

test.each([
  ["acme.example", "acme.example"],
  [" @ACME.Example. ", "acme.example"],
  ["bücher.example", "xn--bcher-kva.example"],
  ["BÜCHER.example", "xn--bcher-kva.example"],
  ["xn--bcher-kva.example", "xn--bcher-kva.example"],
  ["日本.example", "xn--wgv71a.example"],
  ["日本。ｅｘａｍｐｌｅ。", "xn--wgv71a.example"],
  ["acme．example｡", "acme.example"],
  ["関所.みんな", "xn--8ous75i.xn--q9jyb4c"],
  ["xn--pypal-4ve.example", "xn--pypal-4ve.example"],
])("%j is the domain %s", (typed, domain) => {
  expect(toDomain(typed)).toBe(domain);
  expect(isEmailDomain(toDomain(typed))).toBe(true);
});

test.each([
  "",
  "localhost",
  "com",
  "gmail.com",
  "co.uk",
  "yahoo.co.jp",
  "a b.example",
  "a_b.example",
  "p\u0430ypal.example",
  "\u0430\u0440\u0440\u04cf\u0435.example",
  "xn--zzzz.example",
  "gmail。com",
  "ｇｍａｉｌ.com",
  "-a.example",
  "192.0.2.1",
  "[::1]",
  "x@acme.example",
  "acme.example/x",
  "acme.example:443",
  "acme.example?x",
  "acme%2eexample",
  "x.example\\acme.example",
  "acme..example",
  `${"a".repeat(33)}.example`,
])("%j is no company's", (typed) => {
  expect(isEmailDomain(toDomain(typed))).toBe(false);
});
