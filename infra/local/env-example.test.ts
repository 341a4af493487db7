import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { Variables } from "../../lib/env-variables";

test(".env.example is what `npm run env:example` makes of the variables that there are", () => {
  const made = execFileSync("npm", ["run", "--silent", "env:example"], { encoding: "utf8" });
  expect(readFileSync(".env.example", "utf8")).toBe(made);
});

test("each variable says what it is, but the one that Next sets", () => {
  const silent = Object.entries(Variables.shape).filter(([, { description }]) => description === undefined);
  expect(silent.map(([name]) => name)).toEqual(["NODE_ENV"]);
});
