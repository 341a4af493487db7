import { expect, test } from "vitest";
import { initialsOf } from "./initials";

test("a name is told by the first letters of its first and last word", () => {
  expect(initialsOf("Yuki Tanaka")).toBe("YT");
  expect(initialsOf("  Ana  Maria  de Souza ")).toBe("AS");
  expect(initialsOf("Cher")).toBe("C");
});

test("a letter that takes two code units is not cut in half", () => {
  expect(initialsOf("𠮷田 太郎")).toBe("𠮷太");
});

test("an address is told by its first letter, and nothing by a question mark", () => {
  expect(initialsOf("olga@acme.example")).toBe("o");
  expect(initialsOf(" ")).toBe("?");
});
