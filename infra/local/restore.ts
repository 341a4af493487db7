import { readFile } from "node:fs/promises";
import { drizzle } from "drizzle-orm/node-postgres";
import { Client } from "pg";
import { makeApplicationLogin } from "@/lib/db/application-login";
import { connectionOf } from "@/lib/db/connection";
import { requireMigratable } from "@/lib/db/fitness";
import { asMaintenance } from "@/lib/db/maintenance";
import { makeRoles } from "@/lib/db/roles";
import type { DatabaseSettings } from "@/lib/env";
import { restoreAll, rowsOfArchive } from "./archive";
import { runOwnerCommand } from "./owner-command";
import { Refusal } from "./refusal";
import { countRows, type RowCounts, requireSameRows, sumOf, tablesOf } from "./row-counts";

const USAGE = `Usage: npm run restore -- <file>

Brings what npm run backup saved into the database of DATABASE_URL, which must be empty, and whose login is its owner.`;

/** @returns what is said at the end. @throws Refusal; what the driver throws. */
async function restore(settings: DatabaseSettings, file: string): Promise<string> {
  const saved = await savedRows(file);
  requireSameRows(saved, await rowsOfArchive(file), "Nothing was restored, because the archive is not whole");
  await asOwner(settings, async (client) => {
    await requireMigratable(drizzle(client));
    const [table] = await tablesOf(client);
    if (table !== undefined) {
      throw new Refusal(`The database has the table ${table} already: make an empty one to restore into.`);
    }
    await makeRoles(client);
  });
  await restoreAll(settings, file);
  const restored = await asMaintenance(settings, countRows);
  requireSameRows(saved, restored, "The database must not be used");
  await asOwner(settings, async (client) => {
    await client.query("analyze");
    if (settings.DATABASE_LOGIN) await makeApplicationLogin(client, settings.DATABASE_LOGIN);
  });
  return `${sumOf(restored)} rows of ${Object.keys(restored).length} tables are back, as many of each as were saved.`;
}

async function savedRows(file: string): Promise<RowCounts> {
  try {
    return JSON.parse(await readFile(`${file}.rows.json`, "utf8"));
  } catch (error) {
    throw new Refusal(
      `${file}.rows.json, which says how many rows were saved, cannot be read: ${(error as Error).message}.`,
    );
  }
}

/** One transaction of the owner. */
async function asOwner(settings: DatabaseSettings, work: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client(connectionOf(settings).config);
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.query("begin");
    await work(client);
    await client.query("commit");
  } finally {
    await client.end();
  }
}

runOwnerCommand(USAGE, restore);
