import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { denied } from "../../infra/local/testing/denied";
import { asSuperuser } from "../../infra/local/testing/superuser";
import { makeTenant } from "../../infra/local/testing/tenant";
import type { Caller } from "../auth/access/identify";
import type { TenantContext } from "../auth/tenancy/tenant";
import { keepTenant } from "../auth/tenancy/tenants";
import { auditEvents, members } from "../db/schema";
import { withTenant } from "../db/with-tenant";
import { rememberSignIn } from "../members/remember-sign-in";
import { AuditEvent, type ListAudit } from "./contract";
import { listAudit } from "./list-audit";
import { type AuditAction, recordAudit, recordAuditApart } from "./record";

const everything: ListAudit = { limit: 100 };
const record = (tenant: TenantContext, action: AuditAction, label = "x") =>
  recordAuditApart(tenant, { action, subject: { id: randomUUID(), label } });
const actionsOf = async (tenant: TenantContext, query: Partial<ListAudit> = {}) =>
  (await listAudit(tenant, { ...everything, ...query })).rows.map(({ action }) => action);

describe("the record", () => {
  test("can be added to and read, and nothing else", async () => {
    const tenant = makeTenant();
    await record(tenant, "member.invited");
    const write = (statement: ReturnType<typeof sql>) =>
      withTenant(tenant.tenantId, (tx) => tx.execute(statement));
    await expect(write(sql`update audit_events set action = 'x'`)).rejects.toMatchObject(denied);
    await expect(write(sql`delete from audit_events`)).rejects.toMatchObject(denied);
    await expect(write(sql`truncate audit_events`)).rejects.toMatchObject(denied);
    const upsert = withTenant(tenant.tenantId, async (tx) => {
      const [row] = await tx.select().from(auditEvents);
      if (!row) throw new Error("nothing was recorded");
      const target = [auditEvents.tenantId, auditEvents.id];
      await tx
        .insert(auditEvents)
        .values(row)
        .onConflictDoUpdate({ target, set: { action: "x" } });
    });
    await expect(upsert).rejects.toMatchObject(denied);
    expect(await actionsOf(tenant)).toEqual(["member.invited"]);
  });

  test("may be changed by no role of the application, says the catalogue", async () => {
    const { rows } = (await asSuperuser((tx) =>
      tx.execute(sql`
        select r.rolname, p.privilege from pg_roles r cross join
          unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) p (privilege)
        where r.rolname in ('app_user', 'app_session')
          and has_table_privilege(r.oid, 'audit_events'::regclass, p.privilege)
        order by 2`),
    )) as unknown as { rows: unknown[] };
    expect(rows).toEqual([
      { rolname: "app_user", privilege: "INSERT" },
      { rolname: "app_user", privilege: "SELECT" },
    ]);
  });

  test("of one tenant is neither read nor added to by another", async () => {
    const [one, other] = [makeTenant(), makeTenant()];
    await record(one, "member.invited");
    expect(await actionsOf(other)).toEqual([]);
    const row = {
      id: randomUUID(),
      action: "x",
      outcome: "done" as const,
      detail: {},
      createdAt: new Date(),
    };
    const added = withTenant(other.tenantId, (tx) =>
      tx.insert(auditEvents).values({ ...row, tenantId: one.tenantId }),
    );
    await expect(added).rejects.toMatchObject(denied);
  });

  test("is without an event whose change was rolled back", async () => {
    const tenant = makeTenant();
    await record(tenant, "member.invited");
    const undo = new Error("undo");
    const undone = withTenant(tenant.tenantId, async (tx) => {
      await recordAudit(tx, tenant, { action: "member.removed" });
      throw undo;
    });
    await expect(undone).rejects.toBe(undo);
    expect(await actionsOf(tenant)).toEqual(["member.invited"]);
  });

  test("says what was done, by whom and from where", async () => {
    const tenant = makeTenant({ groups: ["admin"] });
    const { sub } = tenant.principal;
    const origin = { way: "api" as const, address: "192.0.2.7", userAgent: "", isNewDevice: false };
    await rememberSignIn({ ...tenant.principal, email: "alice@acme.example" }, origin);
    await record(tenant, "member.invited", "zoe@acme.example");
    const { rows } = await listAudit(tenant, everything);
    for (const row of rows) AuditEvent.parse(row);
    expect(rows.map(({ action, subject }) => `${action} ${subject?.label ?? ""}`.trim()).reverse()).toEqual([
      "sign_in.succeeded",
      "member.invited zoe@acme.example",
    ]);
    // The token that invited says no address: it is the directory's.
    const actor = { sub, name: "alice@acme.example", display_name: null, role: "admin" };
    expect(new Set(rows.map((row) => JSON.stringify(row.actor)))).toEqual(new Set([JSON.stringify(actor)]));
    expect(rows[0]).toMatchObject({ address: "192.0.2.1", tenant_id: tenant.tenantId, outcome: "done" });
  });

  test("calls a member as the directory does, and somebody whom nobody knows by nothing", async () => {
    const [known, unknown] = [makeTenant(), makeTenant({ sub: "no-uuid" })];
    const { tenantId } = known;
    const { sub, username } = known.principal;
    const row = { tenantId, sub, username, email: "bob@acme.example", isOperator: false };
    const times = { createdAt: new Date(), updatedAt: new Date() };
    await withTenant(tenantId, (tx) =>
      tx.insert(members).values({ ...row, ...times, role: "member", status: "active" }),
    );
    await record(known, "member.invited");
    await record(unknown, "member.invited");
    expect((await listAudit(known, everything)).rows[0]?.actor?.name).toBe("bob@acme.example");
    expect((await listAudit(unknown, everything)).rows[0]?.actor).toMatchObject({
      sub: "no-uuid",
      name: null,
    });
  });

  test("takes a name of any length and kind", async () => {
    const tenant = makeTenant();
    await record(tenant, "member.invited", "関".repeat(500));
    await record(tenant, "member.invited", `${"a".repeat(199)}🗝️`);
    const { rows } = await listAudit(tenant, everything);
    expect(rows.map(({ subject }) => subject?.label.length)).toEqual([200, 200]);
  });
});

describe("its list", () => {
  test("is filtered by action and group of actions, actor, subject, outcome and time", async () => {
    const one = makeTenant();
    const other = makeTenant({ tenantId: one.tenantId });
    const today = () => new Date().toISOString().slice(0, 10);
    const began = today();
    await record(one, "member.invited", "Paper Étui");
    await record(one, "member.removed", "Gate");
    await record(
      { ...other, principal: { ...other.principal, email: "zoe@x.example" } },
      "sign_in.succeeded",
    );
    const lists = async (query: Partial<ListAudit>) => (await actionsOf(one, query)).reverse();
    expect(await lists({ action: "member" })).toEqual(["member.invited", "member.removed"]);
    expect(await lists({ action: "member.removed" })).toEqual(["member.removed"]);
    expect(await lists({ actor: one.principal.sub })).toEqual(["member.invited", "member.removed"]);
    expect(await lists({ actor: "ZOE@" })).toEqual(["sign_in.succeeded"]);
    expect(await lists({ actor: "%" })).toEqual([]);
    expect(await lists({ subject: "éTUI" })).toEqual(["member.invited"]);
    expect(await lists({ outcome: "refused" })).toEqual([]);
    const inAMinute = new Date(Date.now() + 60_000).toISOString();
    expect(await lists({ from: began, to: today() })).toHaveLength(3);
    expect(await lists({ from: inAMinute })).toEqual([]);
    expect(await lists({ to: inAMinute })).toHaveLength(3);
    expect(await lists({ to: "2020-01-31" })).toEqual([]);
  });

  test("looks through so many entries for a page of what fits, and the next page goes on from there", async () => {
    const tenant = makeTenant();
    for (const label of ["gate", "lamp", "lamp", "gate", "lamp"])
      await record(tenant, "member.invited", label);
    const pages: number[] = [];
    let cursor: string | undefined;
    do {
      const query = { limit: 2, subject: "gate", ...(cursor && { cursor }) };
      const { rows, next } = await listAudit(tenant, query, { lookedThrough: 3 });
      pages.push(rows.length);
      cursor = next ?? undefined;
    } while (cursor);
    expect(pages).toEqual([1, 1]);
    const everyOne = await listAudit(tenant, { limit: 5 }, { lookedThrough: 3 });
    expect([everyOne.rows.length, everyOne.next]).toEqual([5, null]);
  });

  test("is paged newest first, and a cursor is of no use in another tenant", async () => {
    const tenant = makeTenant();
    for (let i = 0; i < 5; i++) await record(tenant, "member.invited", `${i}`);
    const first = await listAudit(tenant, { limit: 3 });
    const second = await listAudit(tenant, { limit: 3, cursor: first.next ?? "" });
    const labels = [...first.rows, ...second.rows].map(({ subject }) => subject?.label);
    expect(labels).toEqual(["4", "3", "2", "1", "0"]);
    expect(second.next).toBeNull();
    const elsewhere = listAudit(makeTenant(), { limit: 3, cursor: first.next ?? "" });
    await expect(elsewhere).rejects.toMatchObject({ code: "invalid_request" });
  });
});

describe("entering a tenant", () => {
  beforeAll(() => vi.useFakeTimers({ toFake: ["Date"] }));
  afterAll(() => vi.useRealTimers());
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.resetModules();
  });
  const callerIn = (tenantId: string, groups: string[] = []): Caller => {
    const principal = { ...makeTenant({ tenantId, groups }).principal, email: "olga@sekisho.example" };
    return { principal, accessToken: null, session: null, address: "192.0.2.7" };
  };
  const forget = () => vi.setSystemTime(Date.now() + 61_000);

  test("that is not one's own is on the record of one's own tenant, once a minute, and on no other", async () => {
    const { enterTenant } = await import("../auth/tenancy/enter-tenant");
    const [own, other] = [makeTenant(), makeTenant()];
    const caller = callerIn(own.tenantId);
    const knock = () => enterTenant(caller, other.tenantId);
    for (let i = 0; i < 3; i++) await expect(knock()).rejects.toMatchObject({ code: "tenant_mismatch" });
    expect((await listAudit(own, everything)).rows).toMatchObject([
      {
        action: "tenant.mismatch",
        outcome: "refused",
        subject: { id: other.tenantId },
        actor: { sub: caller.principal.sub },
        address: "192.0.2.7",
      },
    ]);
    forget();
    await expect(knock()).rejects.toMatchObject({ code: "tenant_mismatch" });
    expect(await actionsOf(own)).toHaveLength(2);
    expect(await actionsOf(other)).toEqual([]);
  });

  test("however many tenants somebody names in a minute, that is one line, on every instance", async () => {
    const own = makeTenant();
    const caller = callerIn(own.tenantId, ["viewer"]);
    for (let instance = 0; instance < 3; instance++) {
      vi.resetModules();
      const { enterTenant } = await import("../auth/tenancy/enter-tenant");
      for (let i = 0; i < 20; i++) {
        const named = makeTenant().tenantId;
        await expect(enterTenant(caller, named)).rejects.toMatchObject({ code: "tenant_mismatch" });
      }
    }
    expect(await actionsOf(own)).toEqual(["tenant.mismatch"]);
    const { enterTenant } = await import("../auth/tenancy/enter-tenant");
    const colleague = enterTenant(callerIn(own.tenantId), makeTenant().tenantId);
    await expect(colleague).rejects.toMatchObject({ code: "tenant_mismatch" });
    expect(await actionsOf(own)).toHaveLength(2);
  });

  test("as an operator is on the record of that tenant, and what they write there too", async () => {
    vi.stubEnv("TENANT_STRICT", "0");
    vi.resetModules();
    const { enterTenant } = await import("../auth/tenancy/enter-tenant");
    const [own, foreign] = [makeTenant(), makeTenant()];
    await keepTenant(foreign.tenantId);
    const caller = callerIn(own.tenantId, ["operator"]);
    const there = await enterTenant(caller, foreign.tenantId);
    await enterTenant(caller, foreign.tenantId);
    // The next request is with an access token, which does not say the address.
    const nameless = { ...there, principal: { ...there.principal, email: null } };
    await record(nameless, "member.invited");
    const { rows } = await listAudit(foreign, everything);
    const actor = { sub: caller.principal.sub, name: "olga@sekisho.example", role: "operator" };
    expect(rows).toMatchObject([
      { action: "member.invited", actor },
      { action: "tenant.operator_entered", actor },
    ]);
    expect(await actionsOf(own)).toEqual([]);
  });
});
