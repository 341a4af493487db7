import "./quiet-sdk";
import { appendFile, mkdir, readdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline/promises";
import { isTenantId } from "@/lib/auth/tenancy/tenant-id";
import { allowPasswords } from "@/lib/platform/allow-passwords";
import { makeTenant, renameTenant, resumeTenant, suspendTenant } from "@/lib/platform/change-tenant";
import { deleteTenant } from "@/lib/platform/delete-tenant";
import { exportTenant, type Write } from "@/lib/platform/export-tenant";
import { BY_COMMAND, platformRecordOf } from "@/lib/platform/platform-record";
import { Refusal, readArguments, runCommand } from "./refusal";
import { findUserPool } from "./user-pool";
import { requireDatabase, withApplication } from "./with-application";

const USAGE = `Usage: npm run tenant -- make <tenant> [--name <name>]
       npm run tenant -- rename <tenant> --name <name>
       npm run tenant -- suspend <tenant>        nobody of it is served any more, at once; operators still come in
       npm run tenant -- resume <tenant>
       npm run tenant -- passwords <tenant>      where single sign-on is required: they count again
       npm run tenant -- export <tenant> --to <folder>
       npm run tenant -- delete <tenant> [--yes]  with its users at Cognito; asks for its id once more
       npm run tenant -- record <tenant>         what was done to it, also when it is gone

The database is the application's: DATABASE_URL, or DATA_DIR with the application stopped where it is PGlite.
The pool is found as npm run user:create finds it; --pool <name> names a local one.`;

const options = {
  name: { type: "string" },
  to: { type: "string" },
  yes: { type: "boolean" },
  pool: { type: "string" },
} as const;

type Given = { name?: string | undefined; to?: string | undefined; yes?: boolean | undefined };
/** What a command says when it is done. */
type Command = (id: string, given: Given) => Promise<string>;

const COMMANDS: Record<string, Command> = {
  async make(id, { name }) {
    await makeTenant(BY_COMMAND, { id, ...(name !== undefined && { name }) });
    return `There is a tenant ${id} now. Its first administrator: npm run user:create -- --email … --tenant ${id} --group admin`;
  },
  async rename(id, { name }) {
    if (name === undefined) throw new Refusal(`--name is missing.\n\n${USAGE}`);
    await renameTenant(BY_COMMAND, id, name);
    return `${id} is called ${name} now.`;
  },
  async suspend(id) {
    await suspendTenant(BY_COMMAND, id);
    return `${id} is suspended: nobody of it is served any more.`;
  },
  async resume(id) {
    await resumeTenant(BY_COMMAND, id);
    return `${id} is served again.`;
  },
  async passwords(id) {
    await allowPasswords(BY_COMMAND, id);
    return `Passwords count again in ${id}. Who came by the provider before chooses one by "Forgot your password?".`;
  },
  async export(id, { to }) {
    if (to === undefined) throw new Refusal(`--to is missing.\n\n${USAGE}`);
    const { tables, users } = await exportTenant(BY_COMMAND, id, await writeInto(resolve(to)));
    const rows = Object.values(tables).reduce((sum, count) => sum + count, 0);
    return `${rows} rows and ${users} users of ${id} are in ${resolve(to)}.`;
  },
  async delete(id, { yes }) {
    if (!yes) await askForId(id);
    const { users, rows } = await deleteTenant(BY_COMMAND, id, (gone) =>
      console.log(`${gone.users} users and ${gone.rows} rows are gone so far.`),
    );
    return `${id} is deleted, with ${users} users and ${rows} rows.`;
  },
  async record(id) {
    const events = await platformRecordOf(id);
    const lines = events.map(({ createdAt, action, outcome, actorName, detail }) =>
      [createdAt.toISOString(), action, outcome, actorName ?? "by command", JSON.stringify(detail)].join(
        "  ",
      ),
    );
    return lines.join("\n") || `Nothing is on record of ${id}.`;
  },
};

async function main(): Promise<void> {
  const { values, positionals } = readArguments(options, USAGE);
  const [name = "", id = "", ...more] = positionals;
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command || more.length > 0) throw new Refusal(USAGE);
  if (!isTenantId(id)) {
    throw new Refusal(
      `A tenant is 1 to 64 of a-z, 0-9, - and _, beginning and ending with a letter or digit.\n\n${USAGE}`,
    );
  }
  requireDatabase();
  const pool = await findUserPool(values.pool);
  await withApplication(pool, async () => console.log(await command(id, values)));
}

/** Files that nobody else may read, in a folder that holds nothing else. @throws Refusal */
async function writeInto(folder: string): Promise<Write> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if ((await readdir(folder)).length > 0) throw new Refusal(`${folder} is not empty.`);
  return async (file, lines) => {
    const text = lines.map((line) => `${line}\n`).join("");
    const write = lines.length === 0 ? writeFile : appendFile;
    await write(join(folder, file), text, { mode: 0o600 });
  };
}

/** @throws Refusal */
async function askForId(id: string): Promise<void> {
  if (!process.stdin.isTTY) throw new Refusal("Nobody is here to be asked: --yes says that it is meant.");
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  const typed = await lines.question(`Everything of ${id} is deleted for good. Type its id: `);
  lines.close();
  if (typed.trim() !== id) throw new Refusal("That is another id: nothing was deleted.");
}

runCommand(main);
