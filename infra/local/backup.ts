import { existsSync } from "node:fs";
import { rename, rm, writeFile } from "node:fs/promises";
import { asMaintenance } from "@/lib/db/maintenance";
import type { DatabaseSettings } from "@/lib/env";
import { dump, rowsOfArchive } from "./archive";
import { runOwnerCommand } from "./owner-command";
import { Refusal } from "./refusal";
import { countRows, requireSameRows, sumOf } from "./row-counts";

const USAGE = `Usage: npm run backup -- <file>

Saves the database of DATABASE_URL, whose login is the owner, into a file that npm run restore and pg_restore read. Beside
it, <file>.rows.json says how many rows of each table are in it.`;

/** @returns what is said at the end. @throws Refusal; what the driver throws. */
async function backUp(settings: DatabaseSettings, file: string): Promise<string> {
  const unfinished = `${file}.unfinished`;
  const taken = [file, `${file}.rows.json`, unfinished].find(existsSync);
  if (taken !== undefined) throw new Refusal(`${taken} is there already.`);
  // All tenants' rows: for nobody else on this machine.
  process.umask(0o077);
  try {
    const rows = await asMaintenance(
      settings,
      async (client) => {
        await client.query(
          "set local idle_in_transaction_session_timeout = 0; set local statement_timeout = 0",
        );
        const { rows: exported } = await client.query("select pg_export_snapshot() as snapshot");
        const counts = await countRows(client);
        await dump(settings, unfinished, exported[0].snapshot);
        return counts;
      },
      "isolation level repeatable read read only",
    );
    requireSameRows(rows, await rowsOfArchive(unfinished), "The archive is not whole");
    await writeFile(`${file}.rows.json`, `${JSON.stringify(rows, null, 2)}\n`);
    await rename(unfinished, file);
    return `${sumOf(rows)} rows of ${Object.keys(rows).length} tables are in ${file}; keep ${file}.rows.json with it.`;
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

runOwnerCommand(USAGE, backUp);
