import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeTenant } from "../../infra/local/testing/tenant";
import { recordAuditApart } from "../audit/record";
import { databaseSettings } from "../env";
import { asMaintenance } from "./maintenance";

const tenants = [makeTenant(), makeTenant()];
const settingsOf = (url = "") => {
  const settings = databaseSettings({ DATABASE_URL: url });
  if (!settings) throw new Error("no address");
  return settings;
};
let owner: Client;

beforeAll(async () => {
  for (const tenant of tenants) await recordAuditApart(tenant, { action: "member.invited" });
  owner = new Client({ connectionString: process.env.TEST_DATABASE_OWNER_URL });
  await owner.connect();
});
afterAll(() => owner.end());

const count = async () => (await owner.query("select count(*)::int as n from audit_events")).rows[0].n;
const change = "update audit_events set address = 'changed'";

test("the owner of the tables neither sees nor changes a row, whatever it was granted", async () => {
  expect(await count()).toBe(0);
  expect(await owner.query(change)).toMatchObject({ rowCount: 0 });
});

test("a data migration that takes app_maintenance sees and changes those of all tenants, until it gives it back", async () => {
  await owner.query("begin");
  await owner.query("set local role app_maintenance");
  expect(await count()).toBe(2);
  expect(await owner.query(change)).toMatchObject({ rowCount: 2 });
  await owner.query("reset role");
  expect(await count()).toBe(0);
  await owner.query("rollback");
});

test("so does what runs as maintenance by its own program, and what fails is taken back", async () => {
  const settings = settingsOf(process.env.TEST_DATABASE_OWNER_URL);
  const failing = asMaintenance(settings, async (client) => {
    expect(await client.query(change)).toMatchObject({ rowCount: 2 });
    throw new Error("undo");
  });
  await expect(failing).rejects.toThrow("undo");
  const { rows } = await asMaintenance(settings, (client) =>
    client.query("select distinct address from audit_events where address = 'changed'"),
  );
  expect(rows).toEqual([]);
  expect(await count()).toBe(0);
});

test("the application's login is refused in a sentence", async () => {
  const tried = asMaintenance(settingsOf(process.env.DATABASE_URL), async () => undefined);
  await expect(tried).rejects.toMatchObject({ name: "UnfitDatabaseError" });
  await expect(tried).rejects.toThrow("The login of DATABASE_URL may not become app_maintenance");
});
