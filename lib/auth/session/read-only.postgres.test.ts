import { eq, sql } from "drizzle-orm";
import { afterEach, expect, test, vi } from "vitest";
import { tokensOf } from "../../../infra/local/testing/cognito-user";
import { provideCognito } from "../../../infra/local/testing/provide-cognito";
import { asSuperuser } from "../../../infra/local/testing/superuser";
import { makeTenant } from "../../../infra/local/testing/tenant";
import { listAudit } from "../../audit/list-audit";
import { recordAuditApart } from "../../audit/record";
import { closeDatabase, withDatabase } from "../../db/client";
import { sessions } from "../../db/schema";
import { problemOf } from "../../http/problem";
import { keepTenant } from "../tenancy/tenants";
import { freshSession } from "./refresh";
import { createSession, resumeSession } from "./session-store";

const owner = {
  sub: "s",
  username: "u",
  client: "server" as const,
  userAgent: "",
  address: "",
  tenant: null,
};
const unavailable = { code: "database_unavailable", status: 503, retryAfter: 2 };
const tokens = { accessToken: "a", idToken: "i", refreshToken: "r", expiresIn: 3600 };

const cognito = await provideCognito();

/** As during a failover to a replica: new connections may only read. */
async function readOnly(is: "on" | "off"): Promise<void> {
  await asSuperuser(async (tx) => {
    // The setting binds the superuser as well.
    await tx.execute(sql`set transaction read write`);
    const { rows } = (await tx.execute(sql`select current_database() as name`)) as unknown as {
      rows: { name: string }[];
    };
    await tx.execute(sql.raw(`alter database "${rows[0]?.name}" set default_transaction_read_only = ${is}`));
  });
  await closeDatabase();
}

afterEach(async () => {
  await readOnly("off");
  vi.unstubAllEnvs();
  vi.resetModules();
});

test("while the database can only be read, sessions and lists are read, and what was missed is caught up with", async () => {
  const tenant = makeTenant();
  const record = () => recordAuditApart(tenant, { action: "member.invited" });
  await record();
  const id = await createSession(owner, tokens);
  const old = sql`now() - interval '10 minutes'`;
  await withDatabase((db) => db.update(sessions).set({ lastSeenAt: old }).where(eq(sessions.id, id)));

  await readOnly("on");
  expect(await resumeSession(id)).toMatchObject({ id, sub: "s" });
  expect((await listAudit(tenant, { limit: 10 })).rows).toHaveLength(1);
  await expect(record()).rejects.toMatchObject(unavailable);
  await expect(createSession(owner, tokens)).rejects.toMatchObject(unavailable);

  await readOnly("off");
  expect(await resumeSession(id)).toMatchObject({ id });
  const seen = sql<boolean>`${sessions.lastSeenAt} > now() - interval '1 minute'`;
  const rows = await withDatabase((db) => db.select({ seen }).from(sessions).where(eq(sessions.id, id)));
  expect(rows).toEqual([{ seen: true }]);
});

test("while the database can only be read, a token is used as long as it is valid, and Cognito is not asked for another", async () => {
  const issued = await tokensOf("bob@acme.example");
  const valid = await createSession(owner, { ...issued, expiresIn: 30 });
  const expired = await createSession(owner, { ...issued, expiresIn: -1 });
  cognito.calls = [];

  await readOnly("on");
  const asked = await Promise.all([freshSession(valid), freshSession(valid)]);
  for (const { tokens } of asked) expect(tokens.accessToken).toBe(issued.accessToken);
  await expect(freshSession(expired)).rejects.toMatchObject(unavailable);
  expect(cognito.calls).toEqual([]);

  await readOnly("off");
  for (const id of [valid, expired]) expect((await freshSession(id)).secondsLeft).toBeGreaterThan(3_000);
});

test("while the database can only be read, whoever names another tenant is refused, and it is on record afterwards", async () => {
  const { enterTenant } = await import("../tenancy/enter-tenant");
  const [own, other] = [makeTenant(), makeTenant()];
  const caller = { principal: own.principal, accessToken: null, session: null, address: "192.0.2.7" };
  await readOnly("on");
  for (let i = 0; i < 3; i++) {
    await expect(enterTenant(caller, other.tenantId)).rejects.toMatchObject({ code: "tenant_mismatch" });
  }
  const refusedUntil = new Date().toISOString();

  await readOnly("off");
  const recorded = async () => (await listAudit(own, { limit: 10 })).rows;
  await expect.poll(recorded, { timeout: 10_000 }).toHaveLength(1);
  const [record] = await recorded();
  expect(record).toMatchObject({ action: "tenant.mismatch", outcome: "refused", address: "192.0.2.7" });
  expect(String(record?.created_at) < refusedUntil, "with its own time").toBe(true);
});

test("while the database can only be read, an operator enters no foreign tenant, and is told when to try again", async () => {
  vi.stubEnv("TENANT_STRICT", "0");
  vi.resetModules();
  const { enterTenant } = await import("../tenancy/enter-tenant");
  const [visited, foreign] = [makeTenant(), makeTenant()];
  for (const { tenantId } of [visited, foreign]) await keepTenant(tenantId);
  const principal = { ...makeTenant({ groups: ["operator"] }).principal, email: "olga@sekisho.example" };
  const enter = ({ tenantId }: { tenantId: string }) =>
    enterTenant({ principal, accessToken: null, session: null, address: null }, tenantId);
  await enter(visited);

  await readOnly("on");
  expect(await enter(visited), "a visit that is on record goes on").toMatchObject({ isForeign: true });
  const refused = await enter(foreign).catch((error) => error);
  expect(refused).toMatchObject(unavailable);
  const { status, headers } = problemOf(refused, "id");
  expect([status, headers.get("Retry-After")]).toEqual([503, "2"]);

  await readOnly("off");
  expect(await enter(foreign)).toMatchObject({ isForeign: true });
  const actions = (await listAudit(foreign, { limit: 10 })).rows.map(({ action }) => action);
  expect(actions).toEqual(["tenant.operator_entered"]);
});
