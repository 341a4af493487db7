import { expect, test } from "vitest";
import { phraseAround } from "./phrase-around";

test("a phrase that is put together once reads as one that is made for each name, whatever that is", () => {
  for (const make of [
    (name: string) => `Delete ${name}`,
    (name: string) => `「${name}」を削除`,
    (name: string) => name,
  ]) {
    const around = phraseAround(make);
    for (const name of ["Lantern", "{name}", "<b>", "$&"]) expect(around(name)).toBe(make(name));
  }
});
