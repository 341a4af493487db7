import { expect, test } from "vitest";
import { Code, Email } from "./auth/sign-in/forms";
import { codeIn } from "./typed";

test.for([
  "123456",
  "１２３４５６",
  "123 456",
  "123-456",
  " 123456 ",
  "123\u00a0456",
  "１２３－４５６",
  "123–456",
  "123\u2011456",
  "1 2 3 4 5 6",
  "123\u200b456",
  "\ufeff123456",
  "123\u3000456",
  "١٢٣٤٥٦",
  "१२३४५६",
  "۱۲۳۴۵۶",
  "𝟙𝟚𝟛𝟜𝟝𝟞",
  "①②③④⑤⑥",
  "123\u2212456",
  "123ー456",
  "１２３ｰ４５６",
  "123\u207b456",
  "123─456",
  "123\u2796456",
])("the code %j is 123456", (typed) => {
  expect(Code.parse(typed)).toBe("123456");
});

test.for(["", "12345a", "123.456", "abc", "123", "12345678901", "123_456", "½23456", "-", "　"])(
  "%j is no code",
  (typed) => {
    expect(Code.safeParse(typed).success).toBe(false);
  },
);

test.for([
  "\u3000bob@acme.example",
  "bob@acme.example\u00a0",
  "\ufeffbob@acme.example",
  " bob@acme.example\t",
  "bob@acme.example\r\n",
  "\u200bbob@acme.example\u200b",
  "bob@acme.example\u2003",
  "\u2060bob@acme.example",
  "bob@acme.example\u200e",
  "\u2028bob@acme.example",
])("around the address %j nothing counts", (typed) => {
  expect(Email.parse(typed)).toBe("bob@acme.example");
});

test.for([
  "ｂｏｂ＠ａｃｍｅ．ｅｘａｍｐｌｅ",
  "bob＠acme.example",
  "bob@acme。example",
  "ｂｏｂ＠ａｃｍｅ｡ｅｘａｍｐｌｅ",
  "\u3000ｂｏｂ@acme．example\u3000",
])("an address in full width is the same: %j", (typed) => {
  expect(Email.parse(typed)).toBe("bob@acme.example");
});

test.for([
  ["zoe@bücher.example", "zoe@xn--bcher-kva.example"],
  ["zoe@BÜCHER.example", "zoe@xn--bcher-kva.example"],
  ["zoe@bu\u0308cher.example", "zoe@xn--bcher-kva.example"],
  ["ｚｏｅ＠日本。ｅｘａｍｐｌｅ", "zoe@xn--wgv71a.example"],
  ["zoe@関所.みんな", "zoe@xn--8ous75i.xn--q9jyb4c"],
] as const)("the domain of the address %j is taken in the letters of the DNS: %s", ([typed, address]) => {
  expect(Email.parse(typed)).toBe(address);
});

test.for([
  ["Your code is 123456.", "123456"],
  ["コードは１２３ー４５６です", "123456"],
  ["123\u2212456 is your code", "123456"],
  ["رمزك ١٢٣٤٥٦", "123456"],
  ["Call 0120-1234567", null],
  ["1234567", null],
  ["no digits", null],
] as const)("in the message %j the code is %j", ([message, code]) => {
  expect(codeIn(message)).toBe(code);
});

test.for([
  "ﬁ@acme.example",
  "b\u2460b@acme.example",
  "bob@\u1d43cme.example",
  "bоb@acme.example",
  "bob@\u212aim.example",
  "bob@bücher.example/x",
  "bob@xn--zzzz.exämple",
  "bob@acme\u2024example",
])("what only folding would make an address is none: %j", (typed) => {
  expect(Email.safeParse(typed).success).toBe(false);
});

test.for(["bob@ acme.example", "bo\u200bb@acme.example", "bob", "\u3000", "bob@acme.example, x"])(
  "%j is no address",
  (typed) => {
    expect(Email.safeParse(typed).success).toBe(false);
  },
);
