import { expect, test } from "vitest";
import { RecentMap } from "./recent-map";

test("what was longest not kept again is forgotten first", () => {
  const map = new RecentMap<number>(2);
  map.keep("one", 1);
  map.keep("two", 2);
  map.keep("one", 11);
  map.keep("three", 3);
  expect([...map]).toEqual([
    ["one", 11],
    ["three", 3],
  ]);
});
