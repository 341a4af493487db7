import { expect, test } from "vitest";
import { isEmailDomain, toDomain } from "./email-domain";

test.each([
  ["acme.example", "acme.example"],
  [" @ACME.Example. ", "acme.example"],
  ["bücher.example", "xn--bcher-kva.example"],
  ["日本.example", "xn--wgv71a.example"],
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
