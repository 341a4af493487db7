import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { textRecordsIn } from "./text-records";

const folder = mkdtempSync(join(tmpdir(), "text-records-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = join(folder, "txt-records");
const texts = textRecordsIn(file);

it("finds nothing where there is no file", async () => {
  expect(await texts("acme.example")).toEqual([]);
});

it("finds the texts of a name as they stand in the file now, also as a zone file has them", async () => {
  writeFileSync(file, '_c.acme.example one\nother.example two\n\n_C.Acme.example. TXT "three four"\n');
  expect(await texts("_c.acme.example")).toEqual(["one", "three four"]);
  writeFileSync(file, "");
  expect(await texts("_c.acme.example")).toEqual([]);
});
