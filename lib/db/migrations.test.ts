import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const FOLDER = "lib/db/migrations";
const { entries }: { entries: { idx: number; when: number; tag: string }[] } = JSON.parse(
  readFileSync(`${FOLDER}/meta/_journal.json`, "utf8"),
);

test("each migration is younger than the one before: the migrator skips an older one in silence", () => {
  const times = entries.map(({ when }) => when);
  expect(times.length).toBeGreaterThan(0);
  expect(new Set(times).size).toBe(times.length);
  expect(times).toEqual([...times].sort((a, b) => a - b));
  expect(entries.map(({ idx }) => idx)).toEqual(entries.map((_, i) => i));
});

test("the journal names every migration there is, in order", () => {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith(".sql"));
  expect(entries.map(({ tag }) => `${tag}.sql`)).toEqual(files.sort());
});
