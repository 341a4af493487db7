import { randomUUID } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import { describe, expect, test } from "vitest";
import { logout, readMe } from "@/lib/account/operations";
import { listAudit } from "@/lib/audit/list-audit";
import { identify } from "@/lib/auth/access/identify";
import { renewedTokens } from "@/lib/auth/endings/usable-tokens";
import { sessionsOf } from "@/lib/auth/session/session-store";
import { enterTenant } from "@/lib/auth/tenancy/enter-tenant";
import { knownTenant } from "@/lib/auth/tenancy/tenants";
import { closeDatabase } from "@/lib/db/client";
import { subscribe, unsubscribe } from "@/lib/db/tenant-notices";
import { callerRoute, type Route } from "@/lib/http/route";
import { makeTenant, renameTenant, resumeTenant, suspendTenant } from "@/lib/platform/change-tenant";
import { deleteTenant } from "@/lib/platform/delete-tenant";
import { exportTenant } from "@/lib/platform/export-tenant";
import { BY_COMMAND, platformRecordOf } from "@/lib/platform/platform-record";
import { newPoolUser } from "./testing/cognito-user";
import { duringFault } from "./testing/fault";
import { provideCognito } from "./testing/provide-cognito";
import { runCommandFile } from "./testing/run-command";
import { signIn } from "./testing/sign-in";
import { asSuperuser } from "./testing/superuser";
import { makeTenant as callerIn } from "./testing/tenant";
import { insertRows, tenantTables } from "./testing/tenant-tables";

const cognito = await provideCognito();
const { sdk, UserPoolId } = cognito;
const by = BY_COMMAND;

/** A tenant that is made, and its id. */
async function newTenant(): Promise<string> {
  const id = `t-${randomUUID().slice(0, 8)}`;
  await makeTenant(by, { id });
  return id;
}

const use = async (accessToken: string) => {
  const caller = await identify({ authorization: `Bearer ${accessToken}`, sessionCookie: undefined });
  return enterTenant(caller, null);
};
const refused = (code: string) => expect.objectContaining({ code });
const actionsOf = async (tenantId: string) =>
  (await listAudit(callerIn({ tenantId }), { limit: 100, action: "tenant" })).rows.map(
    ({ action }) => action,
  );
const platformActionsOf = async (tenant: string) =>
  (await platformRecordOf(tenant)).map(({ action, outcome }) => `${action} ${outcome}`);

async function run(...args: string[]) {
  const { DATABASE_URL, DATA_DIR = "" } = process.env;
  await closeDatabase();
  const database = DATABASE_URL ? { DATABASE_URL } : { DATA_DIR };
  return runCommandFile("tenant.ts", args, { COGNITO_ENDPOINT: cognito.url, ...database });
}

/** In how many rows of each table a tenant is named by a column `tenant_id`, over the whole catalogue. */
async function rowsOf(tenantId: string): Promise<Record<string, number>> {
  return asSuperuser(async (tx) => {
    const ask = async <Row>(query: ReturnType<typeof sql>) =>
      ((await tx.execute(query)) as unknown as { rows: Row[] }).rows;
    const tables = await ask<{ name: string }>(sql`
      select c.oid::regclass::text as name from pg_class c join pg_attribute a on a.attrelid = c.oid
      where c.relkind in ('r', 'p') and a.attname = 'tenant_id' and not a.attisdropped order by 1`);
    const counts: Record<string, number> = {};
    for (const { name } of tables) {
      const [row] = await ask<{ n: number }>(
        sql`select count(*)::int as n from ${sql.raw(name)} where tenant_id = ${tenantId}`,
      );
      counts[name] = row?.n ?? 0;
    }
    return counts;
  });
}

/** A row of every table of tenants for each, and a signed-in person. */
async function fill(...tenantIds: string[]) {
  await asSuperuser(async (tx) => {
    for (const table of tenantTables()) await tx.execute(insertRows(table, uuidv7(), ...tenantIds));
  });
}

describe("a tenant", () => {
  test("is made with a name, once, and renamed, on its own record and the platform's", async () => {
    const id = `t-${randomUUID().slice(0, 8)}`;
    await makeTenant(by, { id, name: "Acme Ltd" });
    expect(await knownTenant(id)).toEqual({ id, name: "Acme Ltd" });
    await expect(makeTenant(by, { id })).rejects.toEqual(refused("conflict"));
    await expect(makeTenant(by, { id: "Not An Id" })).rejects.toEqual(refused("invalid_tenant"));
    await expect(makeTenant(by, { id: "www" })).rejects.toEqual(refused("invalid_tenant"));
    await expect(renameTenant(by, id, "\u200b")).rejects.toEqual(refused("invalid_request"));
    await expect(renameTenant(by, `${id}-x`, "Other")).rejects.toEqual(refused("unknown_tenant"));
    await renameTenant(by, id, "Acme Group");
    expect(await actionsOf(id)).toEqual(["tenant.renamed", "tenant.made"]);
    expect(await platformActionsOf(id)).toEqual(["tenant.made done", "tenant.renamed done"]);
  });

  test("that is suspended serves nobody from the next request on, and goes on where it was", async () => {
    const [id, other] = [await newTenant(), await newTenant()];
    const { email } = await newPoolUser(cognito, id, { groups: ["admin"] });
    const staff = await signIn((await newPoolUser(cognito, id, { groups: ["operator"] })).email);
    const neighbour = await signIn((await newPoolUser(cognito, other, { groups: ["member"] })).email);
    const { tokens, principal } = await signIn(email);
    expect(await use(tokens.accessToken)).toMatchObject({ tenantId: id });

    await suspendTenant(by, id);
    await expect(use(tokens.accessToken)).rejects.toEqual(refused("tenant_suspended"));
    await expect(signIn(email)).rejects.toEqual(refused("tenant_suspended"));
    const renewed = renewedTokens(String(tokens.refreshToken), principal.username);
    await expect(renewed).rejects.toEqual(refused("tenant_suspended"));
    expect(await use(staff.tokens.accessToken)).toMatchObject({ tenantId: id });
    expect(await use(neighbour.tokens.accessToken)).toMatchObject({ tenantId: other });

    await resumeTenant(by, id);
    expect(await use(tokens.accessToken)).toMatchObject({ tenantId: id });
    expect(await actionsOf(id)).toEqual(["tenant.resumed", "tenant.suspended", "tenant.made"]);
  });

  test("that is suspended has its people sign out, and ask for nothing else of their account", async () => {
    const id = await newTenant();
    const { tokens } = await signIn((await newPoolUser(cognito, id)).email);
    const served = async () => new Response("served");
    const ask = async ({ method, handle }: Route) => {
      const headers = { Authorization: `Bearer ${tokens.accessToken}` };
      const request = new Request("http://localhost/api/user", { method, headers });
      const answer = await handle(request, { params: Promise.resolve({}) });
      return [answer.status, await answer.text()];
    };
    const own = callerRoute(readMe, served);
    const signOut = callerRoute(logout, served, served);
    expect(await ask(own)).toEqual([200, "served"]);
    await suspendTenant(by, id);
    expect(await ask(own)).toEqual([403, expect.stringContaining('"tenant_suspended"')]);
    expect(await ask(signOut)).toEqual([200, "served"]);
  });

  test("that is suspended has whoever listens in it look anew at once", async () => {
    const [id, other] = [await newTenant(), await newTenant()];
    const inboxes = [subscribe(id, "alerts", "somebody"), subscribe(other, "alerts", "somebody")];
    for (const inbox of inboxes) {
      for (let heard = await inbox.next(10_000); !heard.isLive; ) heard = await inbox.next(10_000);
    }
    await suspendTenant(by, id);
    const heard = await Promise.all(inboxes.map((inbox, at) => inbox.next(at === 0 ? 10_000 : 500)));
    expect(heard.map(({ hasGap }) => hasGap)).toEqual([true, false]);
    inboxes.forEach(unsubscribe);
  });

  test("is handed out whole, one file a table, with nothing of another", async () => {
    const [id, other] = [await newTenant(), await newTenant()];
    const { email } = await newPoolUser(cognito, id);
    await newPoolUser(cognito, other);
    await fill(id, other);
    const files: Record<string, string> = {};
    const manifest = await exportTenant(by, id, async (file, lines) => {
      files[file] = (files[file] ?? "") + lines.map((line) => `${line}\n`).join("");
    });
    const before = await rowsOf(id);
    expect(manifest).toMatchObject({ tenant: { id, name: id }, tables: before, users: 1 });
    for (const { name } of tenantTables()) {
      const rows = (files[`${name}.jsonl`] ?? "")
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line));
      expect(rows.length, name).toBe(before[name]);
      expect(new Set(rows.map((row) => row.tenant_id)), name).toEqual(new Set([id]));
    }
    expect(JSON.parse(files["users.jsonl"] ?? "")).toMatchObject({ email, tenantAttribute: id });
    expect(Object.values(files).join("")).not.toContain(other);
    expect(JSON.parse(files["manifest.json"] ?? "")).toEqual(manifest);
  });
});

describe("a tenant that is deleted", () => {
  test("is gone from every table and the pool, with its tokens refused, and another one is as it was", async () => {
    const [id, other] = [await newTenant(), await newTenant()];
    const users = [await newPoolUser(cognito, id, { groups: ["admin"] }), await newPoolUser(cognito, id)];
    const neighbour = await newPoolUser(cognito, other, { groups: ["member"] });
    const [own, theirs] = [await signIn(users[0]?.email ?? ""), await signIn(neighbour.email)];
    await fill(id, other);
    const kept = await rowsOf(other);
    expect(Math.min(...Object.values(await rowsOf(id)))).toBeGreaterThan(0);

    const folder = mkdtempSync(join(tmpdir(), "sekisho-export-"));
    expect(await run("export", id, "--to", folder)).toMatchObject({ code: 0 });
    expect(readdirSync(folder)).toContain("manifest.json");
    expect(JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8"))).toMatchObject({ users: 2 });
    expect(await run("export", id, "--to", folder)).toEqual({ code: 1, output: `${folder} is not empty.\n` });
    rmSync(folder, { recursive: true });
    expect(await run("delete", id)).toEqual({
      code: 1,
      output: "Nobody is here to be asked: --yes says that it is meant.\n",
    });
    const { code, output } = await run("delete", id, "--yes");
    expect([code, output]).toEqual([0, expect.stringMatching(/ is deleted, with 2 users and \d+ rows\.\n$/)]);

    expect(new Set(Object.values(await rowsOf(id)))).toEqual(new Set([0]));
    expect(await rowsOf(other)).toEqual(kept);
    for (const { email } of users) {
      await expect(sdk.adminGetUser({ UserPoolId, Username: email })).rejects.toThrow(/does not exist/);
    }
    await expect(use(own.tokens.accessToken)).rejects.toEqual(refused("invalid_token"));
    expect(await sessionsOf(own.principal.sub)).toEqual([]);
    expect(await use(theirs.tokens.accessToken)).toMatchObject({ tenantId: other });
    await expect(deleteTenant(by, id)).rejects.toEqual(refused("unknown_tenant"));
    expect(await platformActionsOf(id)).toEqual([
      "tenant.made done",
      "tenant.exported done",
      "tenant.deleted begun",
      "tenant.deleted done",
    ]);
  });

  test("is opened again by nobody who comes with its name, until it is made anew", async () => {
    const id = await newTenant();
    await deleteTenant(by, id);
    const late = await newPoolUser(cognito, id, { groups: ["member"] });
    await expect(signIn(late.email)).rejects.toEqual(refused("no_tenant"));
    expect(new Set(Object.values(await rowsOf(id)))).toEqual(new Set([0]));
    await makeTenant(by, { id });
    expect(await use((await signIn(late.email)).tokens.accessToken)).toMatchObject({ tenantId: id });
  });

  test("and breaks off at Cognito stays refused, and is brought to its end by the same again", async () => {
    const id = await newTenant();
    const { email } = await newPoolUser(cognito, id, { groups: ["admin"] });
    const { tokens } = await signIn(email);
    const broken = duringFault(cognito.url, "AdminDeleteUser", "reset", () => deleteTenant(by, id));
    await expect(broken).rejects.toEqual(refused("cognito_unavailable"));
    expect(await sdk.adminGetUser({ UserPoolId, Username: email })).toMatchObject({ Enabled: false });
    await expect(use(tokens.accessToken)).rejects.toEqual(refused("invalid_token"));
    await expect(resumeTenant(by, id)).rejects.toEqual(refused("unknown_tenant"));
    expect(await deleteTenant(by, id)).toMatchObject({ users: 1 });
    expect(new Set(Object.values(await rowsOf(id)))).toEqual(new Set([0]));
  });

  test("is not, while somebody of the platform's own staff is at home there", async () => {
    const id = await newTenant();
    const { email } = await newPoolUser(cognito, id, { groups: ["operator"] });
    await expect(deleteTenant(by, id)).rejects.toEqual(refused("conflict"));
    expect(await use((await signIn(email)).tokens.accessToken)).toMatchObject({ tenantId: id });
  });
});
