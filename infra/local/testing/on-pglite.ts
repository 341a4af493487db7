import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, inject } from "vitest";
import { closeDatabase } from "../../../lib/db/client";

/** Setup of a test file on PGlite: a fresh folder of its own, where PGlite is migrated and has no rows. */
const folder = mkdtempSync(join(tmpdir(), "sekisho-pglite-"));
cpSync(inject("migratedPglite"), join(folder, "db", "pglite"), { recursive: true });
process.env.DATA_DIR = folder;

afterAll(async () => {
  await closeDatabase();
  rmSync(folder, { recursive: true, force: true });
});
