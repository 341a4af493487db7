import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import { describe, expect, test, vi } from "vitest";
import { DEMO_PASSWORD } from "../../infra/local/demo-users";
import { newEmail, newPoolUser } from "../../infra/local/testing/cognito-user";
import { duringFault } from "../../infra/local/testing/fault";
import { makeLater } from "../../infra/local/testing/later";
import { provideCognito } from "../../infra/local/testing/provide-cognito";
import { signIn } from "../../infra/local/testing/sign-in";
import { asSuperuser } from "../../infra/local/testing/superuser";
import { makeTenant as callerIn } from "../../infra/local/testing/tenant";
import { insertRows, tenantTables } from "../../infra/local/testing/tenant-tables";
import { listAudit } from "../audit/list-audit";
import type { Caller } from "../auth/access/identify";
import { PageQuery } from "../db/page";
import { tenants } from "../db/schema";
import { changeTenantAsOperator } from "./change-tenant-as-operator";
import { deleteTenantAsOperator } from "./delete-tenant-as-operator";
import { exportAsOperator } from "./export-as-operator";
import { lookForDeletions } from "./finish-deletion";
import { inviteAdministrator } from "./invite-administrator";
import { listTenants, readTenant } from "./list-tenants";
import { makeTenantAsOperator } from "./make-tenant-as-operator";
import { platformRecordOf } from "./platform-record";

process.env.TENANT_STRICT = "0";
const cognito = await provideCognito();

const newId = () => `t-${randomUUID().slice(0, 8)}`;
const refused = (code: string, rest: object = {}) => expect.objectContaining({ code, ...rest });

/** An operator who is signed in, with their home. */
async function newOperator(): Promise<Caller & { home: string; email: string }> {
  const home = newId();
  const { email } = await newPoolUser(cognito, home, { groups: ["operator"] });
  const { principal, tokens } = await signIn(email);
  return { principal, accessToken: tokens.accessToken, session: null, address: "192.0.2.9", home, email };
}
const operator = await newOperator();

async function newTenant(name?: string): Promise<string> {
  const id = newId();
  await makeTenantAsOperator(operator, { id, ...(name !== undefined && { name }) });
  return id;
}

/** What the log of a tenant says, the oldest first, of what was done to tenants. */
async function recordOf(tenantId: string) {
  const { rows } = await listAudit(callerIn({ tenantId }), { limit: 100 });
  return rows
    .reverse()
    .filter(({ action }) => /^(platform|tenant|member)\./.test(action))
    .map(({ action, outcome, actor, subject }) => ({
      action,
      outcome,
      by: actor?.name,
      what: subject?.label ?? null,
    }));
}
const actionsIn = async (tenantId: string) => (await recordOf(tenantId)).map(({ action }) => action);

/** What an operator's own log says of one tenant. */
async function ownRecordOf(tenant: string) {
  const { rows } = await listAudit(callerIn({ tenantId: operator.home }), { limit: 100, subject: tenant });
  return rows.reverse().map(({ action, outcome }) => `${action} ${outcome}`);
}

const platformActionsOf = async (tenant: string) =>
  (await platformRecordOf(tenant)).map(
    ({ action, outcome, actorName }) => `${action} ${outcome} ${actorName === operator.email}`,
  );

async function mailsTo(email: string): Promise<number> {
  const url = `${cognito.url}/_local/messages?${new URLSearchParams({ to: email })}`;
  const answer = await fetch(url, { headers: { Accept: "application/json" } });
  return ((await answer.json()) as { messages: unknown[] }).messages.length;
}

describe("an operator makes a tenant", () => {
  test("with its first administrator, on the record of all three", async () => {
    const [id, administrator] = [newId(), newEmail()];
    const made = await makeTenantAsOperator(operator, { id, name: "Acme Ltd", administrator });
    expect(made).toMatchObject({ id, name: "Acme Ltd", status: "active", members: 1, invitation: "mailed" });
    expect(await mailsTo(administrator)).toBe(1);
    const by = operator.email;
    expect(await recordOf(id)).toEqual([
      { action: "tenant.made", outcome: "done", by, what: "Acme Ltd" },
      { action: "member.invited", outcome: "done", by, what: administrator },
    ]);
    expect(await ownRecordOf(id)).toEqual([
      "platform.tenant_made done",
      "platform.administrator_invited done",
    ]);
    expect(await platformActionsOf(id)).toEqual(["tenant.made done true"]);
    const { principal } = await signIn((await newPoolUser(cognito, id, { groups: ["admin"] })).email);
    expect(principal.tenantClaim).toBe(id);
  });

  test("not for an address that has an account, and not twice, and then nothing is on record of it", async () => {
    const id = newId();
    const taken = { administrator: operator.email };
    await expect(makeTenantAsOperator(operator, { id, ...taken })).rejects.toEqual(
      refused("member_exists", { fields: [expect.objectContaining({ field: "administrator" })] }),
    );
    await expect(readTenant(id)).rejects.toEqual(refused("not_found"));
    const there = await newTenant();
    await expect(makeTenantAsOperator(operator, { id: there })).rejects.toEqual(refused("conflict"));
    expect([await ownRecordOf(id), await ownRecordOf(there)]).toEqual([[], ["platform.tenant_made done"]]);
  });

  test("which is there when its administrator cannot be invited, who is then invited once more", async () => {
    const [id, administrator] = [newId(), newEmail()];
    const make = () => makeTenantAsOperator(operator, { id, administrator });
    const made = await duringFault(cognito.url, "AdminAddUserToGroup", "reset", make);
    expect(made).toMatchObject({ id, invitation: "failed", members: 0 });
    await inviteAdministrator(operator, id, { email: administrator, idempotencyKey: null });
    expect(await readTenant(id)).toMatchObject({ members: 1 });
  });
});

test("an operator has passwords count again in a tenant that is shut out, on the record of all three", async () => {
  const id = await newTenant();
  const allow = () => changeTenantAsOperator(operator, id, { single_sign_on: "on" });
  await expect(allow()).rejects.toEqual(refused("conflict"));
  await asSuperuser((tx) => tx.execute(sql`update tenants set single_sign_on = 'required' where id = ${id}`));
  expect(await readTenant(id)).toMatchObject({ single_sign_on: "required" });
  expect(await allow()).toMatchObject({ single_sign_on: "on" });
  expect(await allow(), "what is so already is on no record").toMatchObject({ single_sign_on: "on" });
  const { rows } = await listAudit(callerIn({ tenantId: id }), { limit: 1 });
  expect(rows).toMatchObject([
    { action: "single_sign_on.changed", detail: { state: "on" }, actor: { name: operator.email } },
  ]);
  const done = (await ownRecordOf(id)).filter((each) => each === "platform.passwords_allowed done");
  expect(done).toHaveLength(1);
  expect(await platformActionsOf(id)).toEqual(["tenant.made done true", "passwords.allowed done true"]);
});

describe("the list of tenants", () => {
  test("is the newest first, page by page, each with the members that are its own", async () => {
    const word = randomUUID().slice(0, 8);
    const ids: string[] = [];
    for (const count of [2, 0, 1]) {
      await makeLater();
      const id = await newTenant(`Lantern ${word}`);
      for (let i = 0; i < count; i++)
        await inviteAdministrator(operator, id, { email: newEmail(), idempotencyKey: null });
      ids.unshift(id);
    }
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const { rows, next } = await listTenants({ q: word, limit: 1, cursor });
      seen.push(...rows.map(({ id, members }) => `${id} ${members}`));
      cursor = next ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toEqual([`${ids[0]} 1`, `${ids[1]} 0`, `${ids[2]} 2`]);
    const whole = (await listTenants({ q: word, limit: 100 })).rows;
    expect(whole.map(({ id, members }) => `${id} ${members}`)).toEqual(seen);
  });

  test("is searched by name and id in whichever form, and by status; a cursor of another list is none", async () => {
    const word = randomUUID().slice(0, 8);
    const id = await newTenant(`Ａｃｍｅ ${word} 株式会社`);
    const found = async (q: string) =>
      (await listTenants({ ...PageQuery.parse({}), q })).rows.map((row) => row.id);
    expect(await found(`acme ${word.toUpperCase()}`)).toEqual([id]);
    expect(await found(id.toUpperCase())).toEqual([id]);
    expect(await found(`${word}%`)).toEqual([]);
    const statuses = async () =>
      Promise.all(
        (["active", "suspended", "deleting"] as const).map(
          async (status) => (await listTenants({ q: id, status, limit: 10 })).rows.length,
        ),
      );
    expect(await statuses()).toEqual([1, 0, 0]);
    await changeTenantAsOperator(operator, id, { status: "suspended" });
    expect(await statuses()).toEqual([0, 1, 0]);
    await expect(listTenants({ limit: 1, cursor: "made-up" })).rejects.toEqual(refused("invalid_request"));
  });
});

describe("an operator changes a tenant", () => {
  test("once: what is so already is on no record", async () => {
    const id = await newTenant();
    for (const status of ["suspended", "suspended", "active", "active"] as const) {
      expect(await changeTenantAsOperator(operator, id, { status })).toMatchObject({ id, status });
    }
    const renamed = { name: "Acme Group" };
    expect(await changeTenantAsOperator(operator, id, renamed)).toMatchObject(renamed);
    await changeTenantAsOperator(operator, id, renamed);
    const done = ["tenant.made", "tenant.suspended", "tenant.resumed", "tenant.renamed"];
    expect(await actionsIn(id)).toEqual(done);
    const own = done.map((action) => `${action.replace("tenant.", "platform.tenant_")} done`);
    expect(await ownRecordOf(id)).toEqual(own);
    await expect(changeTenantAsOperator(operator, `${id}-x`, renamed)).rejects.toEqual(refused("not_found"));
  });

  test("but suspends none that staff is at home in, as they are themselves", async () => {
    const id = await newTenant();
    await newPoolUser(cognito, id, { groups: ["operator"] });
    for (const home of [id, operator.home]) {
      const suspended = changeTenantAsOperator(operator, home, { status: "suspended" });
      await expect(suspended).rejects.toEqual(refused("conflict"));
      expect(await readTenant(home)).toMatchObject({ status: "active" });
    }
    expect(await actionsIn(id)).toEqual(["tenant.made"]);
  });
});

describe("a tenant's export by an operator", () => {
  test("is every row and user of it in lines, of many pages, and nothing of another; the last line counts them", async () => {
    const [id, other] = [await newTenant("Acme"), await newTenant("Other")];
    await newPoolUser(cognito, id);
    await newPoolUser(cognito, other);
    await asSuperuser(async (tx) => {
      for (const table of tenantTables()) await tx.execute(insertRows(table, uuidv7(), id, other));
      await tx.execute(sql`insert into members (tenant_id, sub, username, email, role, is_operator, status, created_at, updated_at)
        select ${id}, gen_random_uuid(), 'u' || n, 'u' || n, 'viewer', false, 'active', now(), now()
        from generate_series(1, 1200) n`);
    });
    const pieces = exportAsOperator(operator, id);
    const first = (await pieces.next()).value as string;
    // Before anything is handed out.
    expect(await actionsIn(id)).toContain("tenant.exported");
    expect(await ownRecordOf(id)).toContain("platform.tenant_exported done");
    expect(await platformActionsOf(id)).toEqual(["tenant.made done true", "tenant.exported begun true"]);
    let [text, longest] = [first, 0];
    for await (const piece of pieces) {
      text += piece;
      longest = Math.max(longest, piece.split("\n").length - 1);
    }
    expect(longest).toBe(500);
    const lines = text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines[0]).toMatchObject({ format: 1, tenant: { id, name: "Acme" } });
    const rows = lines.filter(({ table }) => table === "members").map(({ row }) => row);
    expect(new Set(rows.map(({ sub }) => sub)).size).toBe(1201);
    expect(new Set(lines.flatMap(({ row }) => row?.tenant_id ?? []))).toEqual(new Set([id]));
    expect(lines.filter(({ user }) => user)).toHaveLength(1);
    const counted = Object.fromEntries(
      tenantTables().map(({ name }) => [name, lines.filter(({ table }) => table === name).length]),
    );
    expect(lines.at(-1)).toEqual({ end: { tables: counted, users: 1 } });
    expect(text).not.toContain(other);
    expect(await platformActionsOf(id)).toContain("tenant.exported done true");
  });

  test("is none of a tenant that is not there", async () => {
    await expect(exportAsOperator(operator, newId()).next()).rejects.toEqual(refused("not_found"));
  });
});

describe("an operator deletes a tenant", () => {
  test("with its id and their password, and it is gone with its users", async () => {
    const id = await newTenant("Acme");
    const { email } = await newPoolUser(cognito, id, { groups: ["admin"] });
    const { tokens } = await signIn(email);
    const remove = (confirm: string, password: string) =>
      deleteTenantAsOperator(operator, id, { confirm, password });
    await expect(remove("Acme", DEMO_PASSWORD)).rejects.toEqual(refused("invalid_request"));
    await expect(remove(id, "Wr0ng!password")).rejects.toEqual(refused("invalid_credentials"));
    expect(await readTenant(id)).toMatchObject({ status: "active" });
    expect(await remove(id, DEMO_PASSWORD)).toMatchObject({
      status: "deleting",
      deletion: { trouble: null },
    });
    await untilGone(id);
    await expect(signIn(email)).rejects.toEqual(refused("invalid_credentials"));
    expect(tokens.accessToken).toBeDefined();
    expect(await ownRecordOf(id)).toEqual(["platform.tenant_made done", "platform.tenant_deleted done"]);
    await expect(remove(id, DEMO_PASSWORD)).rejects.toEqual(refused("not_found"));
  });

  test("but none that staff is at home in", async () => {
    const given = { confirm: operator.home, password: DEMO_PASSWORD };
    const own = deleteTenantAsOperator(operator, operator.home, given);
    await expect(own).rejects.toEqual(refused("conflict"));
    expect(await readTenant(operator.home)).toMatchObject({ status: "active" });
  });

  test("and Cognito is away: nobody is served, nothing else is done to it, and it goes on by itself", async () => {
    const id = await newTenant();
    const { email } = await newPoolUser(cognito, id);
    const given = { confirm: id, password: DEMO_PASSWORD };
    const remove = () => deleteTenantAsOperator(operator, id, given);
    await duringFault(cognito.url, "AdminDeleteUser", "reset", async () => {
      await remove();
      await vi.waitUntil(async () => (await readTenant(id)).deletion?.trouble === "cognito_unavailable", {
        timeout: 60_000,
      });
    });
    await expect(signIn(email)).rejects.toEqual(refused("invalid_credentials"));
    await expect(changeTenantAsOperator(operator, id, { status: "active" })).rejects.toEqual(
      refused("conflict"),
    );
    await expect(exportAsOperator(operator, id).next()).rejects.toEqual(refused("conflict"));
    const invited = inviteAdministrator(operator, id, { email: newEmail(), idempotencyKey: null });
    await expect(invited).rejects.toEqual(refused("conflict"));
    // The same again says how far it is, and has it tried at once.
    expect(await remove()).toMatchObject({ status: "deleting" });
    await untilGone(id);
    expect(await ownRecordOf(id)).toEqual(["platform.tenant_made done", "platform.tenant_deleted done"]);
    expect(await platformActionsOf(id)).toEqual([
      "tenant.made done true",
      "tenant.deleted begun true",
      "tenant.deleted done true",
    ]);
  });

  test("and the process ends: another one finishes what it began, also where it was begun before there was a count", async () => {
    const id = await newTenant();
    const { email } = await newPoolUser(cognito, id);
    await asSuperuser((tx) => tx.update(tenants).set({ deletingAt: new Date() }).where(eq(tenants.id, id)));
    lookForDeletions();
    await untilGone(id);
    await expect(signIn(email)).rejects.toEqual(refused("invalid_credentials"));
  });
});

async function untilGone(id: string): Promise<void> {
  const isGone = () =>
    readTenant(id).then(
      () => false,
      ({ code }) => code === "not_found",
    );
  await vi.waitUntil(isGone, { timeout: 60_000 });
}
