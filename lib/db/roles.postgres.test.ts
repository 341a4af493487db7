import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type PostgresServer, startPostgres } from "../../infra/local/postgres";
import { runCommandFile } from "../../infra/local/testing/run-command";

const MIGRATE = "../../lib/db/migrate-command.ts";

/** A server of our own, where no database has made the roles yet. */
let server: PostgresServer;
let admin: Client;
let ownerUrl: string;

beforeAll(async () => {
  const started = await startPostgres();
  if (!started) throw new Error("no PostgreSQL, although findPostgres found one");
  server = started;
  admin = new Client({ connectionString: server.serverUrl() });
  admin.on("error", () => undefined);
  await admin.connect();
  await admin.query("CREATE ROLE owner LOGIN PASSWORD 'canary'");
  await admin.query("CREATE DATABASE apart OWNER owner");
  const url = new URL(server.serverUrl("apart"));
  [url.username, url.password] = ["owner", "canary"];
  ownerUrl = url.href;
});
afterAll(async () => {
  await admin.end();
  await server.destroy();
});

const migrate = () => runCommandFile(MIGRATE, [], { DATABASE_URL: ownerUrl });
/** What a refusal asks an administrator to do. */
const demand = (output: string) => output.match(/As an administrator of the server: (.*)\n$/)?.[1] ?? "";

test("an owner who may not create roles is told the statements for who may, and migrates after them", async () => {
  const refused = await migrate();
  expect(refused.code).toBe(1);
  expect(refused.output).toMatch(
    /^Nothing was migrated\. DATABASE_URL logs in as owner, which may not create roles, and app_user, app_session, app_housekeeping, app_maintenance are missing\. As an administrator of the server: .*\n$/,
  );
  await admin.query(demand(refused.output));
  expect(await migrate()).toMatchObject({ code: 0, output: expect.stringContaining("database.migrated") });
});

test("an owner who may not become app_maintenance is told so before anything is migrated", async () => {
  await admin.query("REVOKE app_maintenance FROM owner");
  const refused = await migrate();
  expect(refused.code).toBe(1);
  expect(refused.output).toMatch(/^Nothing was migrated\. .* may not become app_maintenance: [^\n]*\n$/);
  await admin.query(demand(refused.output));
  expect(await migrate()).toMatchObject({ code: 0 });
});

test.each<[string, () => Promise<unknown>, RegExp]>([
  [
    "belongs to somebody else",
    () => admin.query("ALTER DATABASE apart OWNER TO postgres"),
    /The database refuses it: permission denied for database apart \(42501\)\./,
  ],
  ["has been stopped", () => server.stop(), /The database is not available: connect ECONNREFUSED [\d.:]+\./],
])("a migration of what %s ends with a sentence, and without a stack", async (_, spoil, why) => {
  await spoil();
  const { code, output } = await migrate();
  expect(code).toBe(1);
  expect(output).toMatch(new RegExp(`^Nothing was migrated\\. ${why.source}\\n$`));
});
