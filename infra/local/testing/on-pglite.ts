import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, inject } from "vitest";
import { closeDatabase } from "../../../lib/db/client";
import { copyPglite } from "./copy-pglite";

/** Setup of a test file on PGlite: a fresh folder of its own, where PGlite is migrated and has no rows. */
const folder = mkdtempSync(join(tmpdir(), "sekisho-pglite-"));
copyPglite(inject("migratedPglite"), folder);
process.env.DATA_DIR = folder;

afterAll(async () => {
  await closeDatabase();
  rmSync(folder, { recursive: true, force: true });
});
