import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decodeJwt } from "jose";
import { afterEach, describe, expect, test, vi } from "vitest";
import { listAudit } from "@/lib/audit/list-audit";
import { identify } from "@/lib/auth/access/identify";
import { sessionsOf } from "@/lib/auth/session/session-store";
import { resolveTenant } from "@/lib/auth/tenancy/tenant";
import { knownTenant } from "@/lib/auth/tenancy/tenants";
import { refreshTokens } from "@/lib/cognito/refresh-tokens";
import { closeDatabase } from "@/lib/db/client";
import { members } from "@/lib/db/schema";
import { withTenant } from "@/lib/db/with-tenant";
import { giveTenant, type Wish } from "./give-tenant";
import { newPoolUser } from "./testing/cognito-user";
import { duringFault } from "./testing/fault";
import { provideCognito } from "./testing/provide-cognito";
import { runCommandFile } from "./testing/run-command";
import { signIn } from "./testing/sign-in";
import { makeTenant } from "./testing/tenant";
import { findUserPool } from "./user-pool";

const cognito = await provideCognito();
const { sdk, UserPoolId } = cognito;
const pool = await findUserPool();

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

const newTenant = () => `t-${randomUUID().slice(0, 8)}`;
/** As the application is told where its database is. */
function itsDatabase(): Record<string, string> {
  const { DATABASE_URL, DATA_DIR = "" } = process.env;
  return DATABASE_URL ? { DATABASE_URL } : { DATA_DIR };
}
const runBeside = (args: string[], environment = itsDatabase()) =>
  runCommandFile("user-tenant.ts", args, { COGNITO_ENDPOINT: cognito.url, ...environment });

/** Runs the command as a person would; the application on PGlite is stopped for it. */
async function run(email: string, tenant: string, ...more: string[]) {
  await closeDatabase();
  return runBeside(["--email", email, "--tenant", tenant, ...more]);
}

/** What the command does, in this process: what it says, in one text. */
const give = async (email: string, tenant: string, role?: Wish["role"]) =>
  (await giveTenant(pool, { email, tenant, ...(role && { role }) })).join("\n");

/** @returns their address. */
const newUser = async (tenant: string | null, groups: string[] = []) =>
  (await newPoolUser(cognito, tenant, { groups })).email;

/** What Cognito says of them: their tenant and their groups. */
async function standing(Username: string) {
  const { UserAttributes } = await sdk.adminGetUser({ UserPoolId, Username });
  const { Groups = [] } = await sdk.adminListGroupsForUser({ UserPoolId, Username });
  const tenant = UserAttributes?.find(({ Name }) => Name === "custom:tenant_id")?.Value;
  return [tenant, ...Groups.map(({ GroupName }) => GroupName).sort()];
}

const use = async (accessToken: string) => {
  const caller = await identify({ authorization: `Bearer ${accessToken}`, sessionCookie: undefined });
  return resolveTenant(caller, null);
};
const recordsIn = async (tenantId: string, action = "member") =>
  (await listAudit(makeTenant({ tenantId }), { limit: 100, action })).rows;
const listedIn = async (tenantId: string) =>
  (await withTenant(tenantId, (tx) => tx.select().from(members))).map(({ email, role }) => [email, role]);

describe("an account that is given another tenant", () => {
  test("is in that one, with nothing left open of before, and on the record of both", async () => {
    const [from, to] = [newTenant(), newTenant()];
    const email = await newUser(from, ["member"]);
    const { principal, tokens } = await signIn(email);
    expect(await use(tokens.accessToken)).toMatchObject({ tenantId: from, role: "member" });
    expect(await listedIn(from)).toEqual([[email, "member"]]);

    expect(await run(email, to)).toEqual({
      code: 0,
      output:
        `${email} is in the tenant ${to} now, as member, in pool ${UserPoolId} on the local Cognito at ${cognito.url}.\n` +
        `Warning: no tenant ${to} was known until now, and it is made.\n` +
        "Everything that it had open has ended.\n",
    });
    expect(await knownTenant(to)).toMatchObject({ id: to });
    await expect(use(tokens.accessToken)).rejects.toMatchObject({ code: "invalid_token" });
    expect(await sessionsOf(principal.sub)).toEqual([]);
    const renewed = refreshTokens(String(tokens.refreshToken), principal.username);
    await expect(renewed).rejects.toMatchObject({ code: "session_ended" });

    const after = (await signIn(email)).tokens;
    const claims = { "custom:tenant_id": to, "cognito:groups": ["member"] };
    expect(decodeJwt(after.accessToken)).toMatchObject(claims);
    expect(await use(after.accessToken)).toMatchObject({ tenantId: to, role: "member" });

    const subject = { id: principal.sub, label: email };
    const entry = { subject, outcome: "done", actor: null, address: null, detail: { role: "member" } };
    expect(await recordsIn(from)).toMatchObject([{ ...entry, action: "member.moved_out" }]);
    expect(await recordsIn(to)).toMatchObject([{ ...entry, action: "member.moved_in" }]);
    // No tenant is told of another.
    expect(JSON.stringify(await recordsIn(from))).not.toContain(to);
    expect(JSON.stringify(await recordsIn(to))).not.toContain(from);
    expect([await listedIn(from), await listedIn(to)]).toEqual([[], [[email, "member"]]]);
  });

  test.each<[who: string, groups: string[], wished: Wish["role"], now: string[]]>([
    ["an administrator", ["admin"], undefined, ["member"]],
    ["an administrator who is wanted as one", ["admin"], "admin", ["admin"]],
    ["a viewer", ["viewer"], undefined, ["viewer"]],
    ["a viewer who is wanted as more", ["viewer"], "admin", ["admin"]],
    ["a member of no group", [], undefined, ["viewer"]],
    ["one of the platform's staff", ["operator"], undefined, ["member", "operator"]],
  ])("has a role there: %s", async (_, groups, wished, now) => {
    const [from, to] = [newTenant(), newTenant()];
    const email = await newUser(from, groups);
    const said = await give(email, to, wished);
    expect(await standing(email)).toEqual([to, ...now]);
    const isAdmin = groups.includes("admin");
    expect(/with --role admin makes it one/.test(said)).toBe(isAdmin && wished === undefined);
    expect(said.includes(`Warning: ${from} has no administrator any more`)).toBe(isAdmin);
    expect(/stays in the group operator/.test(said)).toBe(groups.includes("operator"));
  });

  test("is missed by nobody where another administrator stays", async () => {
    const from = newTenant();
    const [email] = [await newUser(from, ["admin"]), await newUser(from, ["admin"])];
    expect(await give(email, newTenant())).not.toContain("has no administrator");
  });

  test("is a member where there was neither a tenant nor a role before", async () => {
    const [to, email] = [newTenant(), await newUser(null)];
    await give(email, to);
    expect(await standing(email)).toEqual([to, "member"]);
    expect(await recordsIn(to)).toMatchObject([{ action: "member.moved_in", detail: { role: "member" } }]);
  });
});

describe("an account that has the tenant already", () => {
  test("keeps it, and all that is open", async () => {
    const tenant = newTenant();
    const email = await newUser(tenant, ["viewer"]);
    const { tokens } = await signIn(email);
    const output = `${email} is in the tenant ${tenant} already, as viewer.\n`;
    expect(await run(email, tenant)).toEqual({ code: 0, output });
    expect(await standing(email)).toEqual([tenant, "viewer"]);
    expect(await use(tokens.accessToken)).toMatchObject({ tenantId: tenant });
    expect(await recordsIn(tenant)).toEqual([]);
  });

  test("is given a role there, on record, but not by taking the last administrator away", async () => {
    const tenant = newTenant();
    const email = await newUser(tenant, ["member"]);
    expect(await give(email, tenant, "admin")).toBe(
      `${email} is in the tenant ${tenant} already, and was member there: it is admin now.`,
    );
    expect(await standing(email)).toEqual([tenant, "admin"]);
    expect(await recordsIn(tenant)).toMatchObject([
      { action: "member.role_changed", actor: null, detail: { from: "member", to: "admin" } },
    ]);
    await expect(give(email, tenant, "viewer")).rejects.toMatchObject({ code: "last_admin" });
    expect(await run(email, tenant, "--role", "viewer")).toEqual({
      code: 1,
      output: "Make somebody else an administrator first.\n",
    });
    expect(await standing(email)).toEqual([tenant, "admin"]);
  });
});

describe("what breaks off", () => {
  const BROKEN =
    /^Cognito does not answer: [^\n]+ Do the same again later: what was begun is brought to its end\.\n$/;

  test("before Cognito has done it is on record as begun, has ended what was open, and is done by the same again", async () => {
    const [from, to] = [newTenant(), newTenant()];
    const email = await newUser(from, ["admin"]);
    const { tokens } = await signIn(email);
    const broken = await duringFault(cognito.url, "AdminUpdateUserAttributes", "reset", () => run(email, to));
    expect(broken).toEqual({ code: 1, output: expect.stringMatching(BROKEN) });
    // Never an administrator of a tenant that they were not one of.
    expect(await standing(email)).toEqual([from, "member"]);
    await expect(use(tokens.accessToken)).rejects.toMatchObject({ code: "invalid_token" });
    expect(await recordsIn(from)).toMatchObject([{ action: "member.moved_out", outcome: "begun" }]);
    expect(await recordsIn(to)).toMatchObject([{ action: "member.moved_in", outcome: "begun" }]);

    await give(email, to);
    expect(await standing(email)).toEqual([to, "member"]);
    expect((await recordsIn(from)).map(({ outcome }) => outcome)).toEqual(["done", "begun"]);
    expect((await recordsIn(to)).map(({ outcome }) => outcome)).toEqual(["done", "begun"]);
  });

  test("after Cognito has done it is brought to its end by the same again, once", async () => {
    const [from, to] = [newTenant(), newTenant()];
    const email = await newUser(from, ["viewer"]);
    const wish = ["--role", "admin"];
    const broken = await duringFault(cognito.url, "AdminUpdateUserAttributes", "half", () =>
      run(email, to, ...wish),
    );
    expect(broken).toEqual({ code: 1, output: expect.stringMatching(BROKEN) });
    expect(await standing(email)).toEqual([to, "viewer"]);
    const { tokens } = await signIn(email);

    await give(email, to);
    expect(await standing(email)).toEqual([to, "admin"]);
    await expect(use(tokens.accessToken)).rejects.toMatchObject({ code: "invalid_token" });
    expect((await recordsIn(to)).map(({ outcome }) => outcome)).toEqual(["done", "begun"]);
    expect(await give(email, to)).toBe(`${email} is in the tenant ${to} already, as admin.`);
  });

  test("before Cognito has confirmed the end of what was open has moved nobody, and that has ended", async () => {
    const [from, to] = [newTenant(), newTenant()];
    const email = await newUser(from, ["member"]);
    const { tokens } = await signIn(email);
    await duringFault(cognito.url, "AdminUserGlobalSignOut", "reset", async () => {
      const { code, output } = await run(email, to);
      expect([code, output]).toEqual([1, expect.stringMatching(BROKEN)]);
      await expect(use(tokens.accessToken)).rejects.toMatchObject({ code: "invalid_token" });
    });
    expect(await standing(email)).toEqual([from, "member"]);
  });

  test("at Cognito's last confirmation alone is done all the same, and the application goes on asking", async () => {
    const [from, to] = [newTenant(), newTenant()];
    const email = await newUser(from, ["member"]);
    const { tokens } = await signIn(email);
    cognito.calls = [];
    const slowly = duringFault(cognito.url, "AdminUpdateUserAttributes", "slow", () => give(email, to), {
      delayMs: 1_000,
    });
    await vi.waitUntil(() => cognito.calls.includes("AdminUpdateUserAttributes"), { timeout: 10_000 });
    await duringFault(cognito.url, "AdminUserGlobalSignOut", "reset", async () => {
      expect(await slowly).toContain("has ended here; Cognito has not confirmed it");
    });
    await expect(use(tokens.accessToken)).rejects.toMatchObject({ code: "invalid_token" });
    expect(await standing(email)).toEqual([to, "member"]);
    expect(await recordsIn(to)).toMatchObject([{ action: "member.moved_in", outcome: "done" }]);
    const isFinished = async () => (await recordsIn(from, "sign_out.finished")).length === 1;
    await vi.waitUntil(isFinished, { timeout: 30_000, interval: 200 });
  });

  test("because Cognito refuses leaves role and tenant as they were, and nothing to see on record", async () => {
    const to = newTenant();
    const email = await newUser(null, ["admin"]);
    await closeDatabase();
    const args = ["--email", email, "--tenant", to];
    const { code, output } = await runBeside(args, {
      ...itsDatabase(),
      COGNITO_TENANT_CLAIM: "custom:nonesuch",
    });
    expect([code, output]).toEqual([
      1,
      expect.stringMatching(/^The account cannot be given this tenant\. Cognito refuses: [^\n]+\.\n$/),
    ]);
    expect(await standing(email)).toEqual([undefined, "admin"]);
    expect(await recordsIn(to)).toEqual([]);
  });
});

describe("it says in one sentence, and ends with 1, that", () => {
  const refuses = async (args: string[], environment: Record<string, string>, said: RegExp) => {
    const { code, output } = await runBeside(args, environment);
    expect([code, output]).toEqual([1, expect.stringMatching(said)]);
    expect(output).toMatch(/^[^\n]+\n$/);
  };
  const toAcme = (email: string) => ["--email", email, "--tenant", "acme"];

  test("nobody has the address", async () => {
    await closeDatabase();
    const said =
      /^There is no account of someone@people\.example in pool .*: npm run user:create makes one\.$/m;
    await refuses(toAcme("someone@people.example"), itsDatabase(), said);
  });

  test("the address is not verified, and gives no tenant", async () => {
    const { email } = await newPoolUser(cognito, null, { attributes: { email_verified: "false" } });
    await expect(give(email, "acme")).rejects.toThrow(/is not verified in pool .*, so that .* anybody's\.$/);
    expect(await standing(email)).toEqual([undefined]);
  });

  test("the pool has no such group, and changes nothing", async () => {
    const [from, email] = [newTenant(), await newUser(null, ["viewer"])];
    await sdk.deleteGroup({ UserPoolId, GroupName: "admin" });
    try {
      await expect(give(email, from, "admin")).rejects.toThrow(/^There is no group "admin" in pool /);
    } finally {
      await sdk.createGroup({ UserPoolId, GroupName: "admin" });
    }
    expect(await standing(email)).toEqual([undefined, "viewer"]);
    expect(await recordsIn(from)).toEqual([]);
  });

  test("Cognito goes away, with nothing changed", async () => {
    const tenant = newTenant();
    const email = await newUser(tenant, ["member"]);
    await closeDatabase();
    await duringFault(cognito.url, "AdminGetUser", "reset", () =>
      refuses(toAcme(email), itsDatabase(), /^Cognito does not answer: .* Do the same again later/),
    );
    expect(await standing(email)).toEqual([tenant, "member"]);
    expect(await recordsIn(tenant)).toEqual([]);
  });

  test("everybody is in one tenant", async () => {
    vi.stubEnv("MULTI_TENANT_ENABLED", "0");
    vi.resetModules();
    const { giveTenant: giveAlone } = await import("./give-tenant");
    const wish = { email: "someone@people.example", tenant: "acme" };
    await expect(giveAlone(pool, wish)).rejects.toThrow(/^With MULTI_TENANT_ENABLED=0 everybody is in one/);
  });

  test("a folder has no database", async () => {
    const folder = mkdtempSync(join(tmpdir(), "sekisho-empty-"));
    const said = /, where no application has made a database\.$/m;
    await refuses(toAcme("someone@people.example"), { DATA_DIR: folder }, said);
    rmSync(folder, { recursive: true });
  });

  test.skipIf(process.env.DATABASE_URL !== undefined)("the application on PGlite still runs", async () => {
    await recordsIn("acme");
    await refuses(toAcme("someone@people.example"), itsDatabase(), /is in use by process \d+\. Stop it/);
  });
});
