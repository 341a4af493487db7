import { expect, test } from "vitest";
import { nameText } from "./text";

const Name = nameText(200);

test.for([
  "\u200b",
  "\u2800",
  "\u202e",
  "\u3164",
  "\u115f",
  "\uffa0",
  "\ufe0f",
  "\u00ad",
  "\u2060",
  "\u180e",
  "\u034f",
  "\u{e0041}",
  "\u200d\u200c",
  "\u0301",
  "\u17b4",
  "\u2066\u2069",
  "\u3000",
  "\u{1d173}",
  "\u206f",
  "\ufff9",
  "\u061c",
  " \u200b ",
  "\u0007",
  "\u2028",
  "\u20dd",
  "\u{e0100}",
  "\u{13441}",
  "\u{13442}",
  "\u{1d159}",
  "\ufffc",
  "\ufdd0",
  "\uffff",
  "\u{10fffe}",
  "\ue000",
  "\u{f0000}",
  "\u{100000}\u{13441}",
])("%j alone is no name: nobody can see it", (name) => {
  expect(Name.safeParse(name).success).toBe(false);
});

test.for([
  "👩‍👩‍👧",
  "é",
  "e\u0301",
  "سلام",
  "शक्ति",
  "❤️",
  "🇯🇵",
  "\u202eabc",
  "①",
  ".",
  "=",
  "가",
  "\u0e01\u0e33",
  "\u{13000}\u{13441}",
  "\u{1d158}",
  "\ue000x",
])("%j is one", (name) => {
  expect(Name.parse(name)).toBe(name);
});
