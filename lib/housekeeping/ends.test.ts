import { readFileSync } from "node:fs";
import { getTableColumns, getTableName } from "drizzle-orm";
import { getTableConfig } from "drizzle-orm/pg-core";
import { expect, test } from "vitest";
import { knownTables } from "../db/fitness";
import { FEATURES } from "../features";
import { tableEnds } from "./ends";
import { requireKnownRetention } from "./retention";

const README = "lib/db/README.md";
/** Those that every product has. */
const OF_THE_HOUSE = new Set(["account", "members", "audit"]);

test("of every table it is said once how its rows come to their end", async () => {
  const said = (await tableEnds()).map(({ table }) => getTableName(table)).sort();
  expect(said.length).toBeGreaterThan(10);
  expect(said).toEqual(
    knownTables()
      .map(({ name }) => name)
      .sort(),
  );
});

test("what ends by time has a policy that says when where it is tenants', and a condition elsewhere", async () => {
  for (const end of await tableEnds()) {
    const { policies } = getTableConfig(end.table);
    const isTenants = "tenantId" in getTableColumns(end.table);
    const hasPolicy = policies.some(({ name }) => name.endsWith("_past_their_time"));
    expect(hasPolicy, getTableName(end.table)).toBe(isTenants && end.by !== "use");
    if (!isTenants && end.by === "time") expect(end.whereOver, getTableName(end.table)).toBeDefined();
  }
});

test("the table of ends in the documentation is that of the house", async () => {
  const ofExamples = await Promise.all(
    FEATURES.filter(({ name }) => !OF_THE_HOUSE.has(name)).map(({ ends }) => ends?.() ?? []),
  );
  const others = new Set(ofExamples.flat().map(({ table }) => getTableName(table)));
  const rows = (await tableEnds())
    .filter(({ table }) => !others.has(getTableName(table)))
    .map(({ table, when }) => `| \`${getTableName(table)}\` | ${when} |`);
  const shown = readFileSync(README, "utf8").split("## Ends")[1]?.split("\n## ")[0] ?? "";
  expect(shown.split("\n").filter((line) => /^\| `/.test(line))).toEqual(rows);
});

test("a time to keep rows is refused for a table that has none, and where it is too short", async () => {
  const ends = await tableEnds();
  expect(() => requireKnownRetention(ends, { audit_events: "90" })).not.toThrow();
  expect(() => requireKnownRetention(ends, { audit_events: "89", sessions: "5", unknown: "1" })).toThrow(
    /audit_events must be kept for 90 days at the least\n.*nothing to set for sessions\n.*nothing to set for unknown/s,
  );
});
