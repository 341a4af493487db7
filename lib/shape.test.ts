import { expect, test } from "vitest";
import {
  arrayOf,
  boolean,
  nullable,
  number,
  objectOf,
  oneOf,
  optional,
  parsed,
  recordOf,
  text,
} from "./shape";

const shape = objectOf({
  name: text,
  count: number,
  isNew: boolean,
  kind: oneOf(["a", "b"]),
  note: nullable(text),
  facts: recordOf(text),
  places: arrayOf(objectOf({ id: text })),
  further: optional(text),
});
const whole = { name: "", count: 0, isNew: false, kind: "b", note: null, facts: {}, places: [{ id: "1" }] };

test("what has every field of a shape is of it, whatever it has besides", () => {
  expect(shape(whole)).toBe(true);
  expect(shape({ ...whole, note: "n", facts: { a: "b" }, further: "f", other: 1 })).toBe(true);
});

test.each<[string, unknown]>([
  ["nothing", null],
  ["an array", [whole]],
  ["a text", JSON.stringify(whole)],
  ...Object.keys(whole).map((key): [string, unknown] => [`no ${key}`, { ...whole, [key]: undefined }]),
  ["a number for a text", { ...whole, name: 1 }],
  ["a text for a number", { ...whole, count: "0" }],
  ["a text for a boolean", { ...whole, isNew: "false" }],
  ["a kind that is not known", { ...whole, kind: "c" }],
  ["a name of every object", { ...whole, kind: "toString" }],
  ["a record of something else", { ...whole, facts: { a: 1 } }],
  ["an element of another shape", { ...whole, places: [{ id: "1" }, {}] }],
  ["null for what may be left out", { ...whole, further: null }],
])("%s is not of it", (_, value) => expect(shape(value)).toBe(false));

test("JSON of another shape, and what is no JSON, is refused alike", () => {
  expect(parsed(text, '"x"')).toBe("x");
  for (const json of ["1", "<h1>", ""]) expect(() => parsed(text, json)).toThrow(SyntaxError);
});
