import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { METRICS } from "./metrics";

test("everything that is said to be measured is measured somewhere", () => {
  const sources = readdirSync("lib", { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !/\.test\.ts$|telemetry\/metrics\.ts$/.test(name))
    .map((name) => readFileSync(join("lib", name), "utf8"))
    .join("\n");
  const used = [...sources.matchAll(/\b(?:count|gauge|record)\(\s*"([\w.-]+)"/g)].map(([, name]) => name);
  expect(Object.keys(METRICS).filter((name) => !used.includes(name))).toEqual([]);
});
