import { randomUUID } from "node:crypto";
import {
  AdminDisableUserCommand,
  AdminUpdateUserAttributesCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterEach, describe, expect, test, vi } from "vitest";
import { newPoolUser } from "../../../infra/local/testing/cognito-user";
import { provideCognito } from "../../../infra/local/testing/provide-cognito";
import type { Principal } from "../access/principal";
import type { Session } from "../session/session-store";

const cognito = await provideCognito();
// Another file of this process may have read its environment before, and would have this one speak to no Cognito.
vi.resetModules();
const { resolveTenant } = await import("./tenant");
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  vi.resetModules();
});

function principal({
  tenantClaim = "acme" as string | null,
  username = randomUUID() as string,
  groups = [] as string[],
} = {}): Principal {
  const signIn = { identities: [], signInId: null, signedInAt: 0, clientId: "server" };
  return {
    sub: username,
    username,
    email: null,
    name: null,
    tokenUse: "access",
    groups,
    tenantClaim,
    ...signIn,
  };
}
const resolve = (principal: Principal, named: string | null) =>
  resolveTenant({ principal, session: null }, named);
const withoutClaim = (username: string) => principal({ tenantClaim: null, username });

/** A user of the pool with this tenant, or none. */
const makeUser = async (tenant: string | null = null) => (await newPoolUser(cognito, tenant)).id;

describe("a caller whose token says the tenant", () => {
  test("is in that tenant, whether or not the header names it, and Cognito is not asked", async () => {
    for (const named of [null, "acme"]) {
      expect(await resolve(principal(), named)).toMatchObject({ tenantId: "acme", role: "viewer" });
    }
    expect(cognito.calls).toEqual([]);
  });
  test.each([
    [["admin"], "admin"],
    [["viewer"], "viewer"],
    [["viewer", "admin"], "admin"],
    [["operator"], "member"],
    [["member"], "member"],
    [["member", "viewer"], "member"],
    [["member", "admin"], "admin"],
    [["ADMIN"], "viewer"],
    [["Member"], "viewer"],
    [["members", "of", "something"], "viewer"],
    [[], "viewer"],
  ])("has, in the groups %j, the role %s", async (groups, role) => {
    expect(await resolve(principal({ groups }), null)).toMatchObject({ role });
  });
  test.each(["globex", "a", "acme2", "acm", "admin"])("may not name the tenant %s", async (named) => {
    for (const groups of [[], ["admin"], ["operator"]]) {
      await expect(resolve(principal({ groups }), named)).rejects.toMatchObject({
        code: "tenant_mismatch",
        status: 403,
      });
    }
  });
  test("may have a tenant of up to 64 characters", async () => {
    for (const tenantClaim of ["a", "7", "a_b-c", "a".repeat(64)]) {
      expect(await resolve(principal({ tenantClaim }), tenantClaim)).toMatchObject({
        tenantId: tenantClaim,
      });
    }
  });
  test.each(["ACME", "a b", "a,b", "-", "a".repeat(65), "../../x"])(
    "that is no tenant (%j) belongs to none, and cannot name one",
    async (tenantClaim) => {
      for (const named of [null, "acme"]) {
        await expect(resolve(principal({ tenantClaim }), named)).rejects.toMatchObject({
          code: "no_tenant",
          status: 403,
        });
      }
    },
  );
});

describe("a caller whose token says no tenant", () => {
  test("is in the one that the pool has for the user", async () => {
    const username = await makeUser("globex");
    expect(await resolve(withoutClaim(username), null)).toMatchObject({ tenantId: "globex" });
    expect(await resolve(withoutClaim(username), "globex")).toMatchObject({ tenantId: "globex" });
    await expect(resolve(withoutClaim(username), "acme")).rejects.toMatchObject({
      code: "tenant_mismatch",
    });
  });
  test("and whose user has none is given none, whatever the header names", async () => {
    const username = await makeUser();
    for (const named of [null, "acme", "globex"]) {
      await expect(resolve(withoutClaim(username), named)).rejects.toMatchObject({ code: "no_tenant" });
    }
  });
  test("and whose user is not there, or disabled, is given none", async () => {
    await expect(resolve(withoutClaim(randomUUID()), "acme")).rejects.toMatchObject({
      code: "no_tenant",
    });
    const username = await makeUser("acme");
    await cognito.sdk.send(
      new AdminDisableUserCommand({
        UserPoolId: cognito.UserPoolId,
        Username: username,
      }),
    );
    await expect(resolve(withoutClaim(username), null)).rejects.toMatchObject({ code: "no_tenant" });
  });
  test("is asked after once by many requests, and again after a minute", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const username = await makeUser("acme");
    await Promise.all(Array.from({ length: 100 }, () => resolve(withoutClaim(username), null)));
    expect(cognito.calls).toEqual(["AdminGetUser"]);

    await cognito.sdk.send(
      new AdminUpdateUserAttributesCommand({
        UserPoolId: cognito.UserPoolId,
        Username: username,
        UserAttributes: [{ Name: "custom:tenant_id", Value: "globex" }],
      }),
    );
    vi.setSystemTime(Date.now() + 59_000);
    expect(await resolve(withoutClaim(username), null)).toMatchObject({ tenantId: "acme" });
    vi.setSystemTime(Date.now() + 1_000);
    expect(await resolve(withoutClaim(username), null)).toMatchObject({ tenantId: "globex" });
    expect(cognito.calls).toEqual(["AdminGetUser", "AdminGetUser"]);
  });
  test("that has changed is the new one for whoever signs in from then on, and not a minute later", async () => {
    const username = await makeUser("acme");
    const signedIn = (signInId: string | null, signedInAt: number) =>
      resolve({ ...withoutClaim(username), signInId, signedInAt }, null);
    for (const signInId of ["before", null]) {
      expect(await signedIn(signInId, 1)).toMatchObject({ tenantId: "acme" });
    }
    const { sdk, UserPoolId } = cognito;
    const UserAttributes = [{ Name: "custom:tenant_id", Value: "globex" }];
    await sdk.send(new AdminUpdateUserAttributesCommand({ UserPoolId, Username: username, UserAttributes }));
    expect(await signedIn("after", 1)).toMatchObject({ tenantId: "globex" });
    expect(await signedIn(null, 2)).toMatchObject({ tenantId: "globex" });
  });
  test.each(["down", "failing", "throttling"] as const)(
    "cannot be served while Cognito is %s, and is as soon as it is back",
    async (weather) => {
      const username = await makeUser("acme");
      cognito.weather = weather;
      await expect(resolve(withoutClaim(username), "acme")).rejects.toMatchObject({
        code: "cognito_unavailable",
        status: 503,
        retryAfter: 5,
      });
      expect(cognito.calls.length).toBeLessThanOrEqual(3);
      cognito.weather = "fine";
      expect(await resolve(withoutClaim(username), "acme")).toMatchObject({ tenantId: "acme" });
    },
  );
});

describe("where TENANT_STRICT=0", () => {
  const operator = () => principal({ tenantClaim: "sekisho", groups: ["operator"] });
  const sessionIn = (actingTenant: string | null): Session => ({
    id: randomUUID(),
    sub: "sub",
    username: "sub",
    client: "server",
    tokens: { accessToken: "", idToken: "" },
    secondsLeft: 3600,
    actingTenant,
    tenant: null,
  });
  const inLax = async () => {
    vi.stubEnv("TENANT_STRICT", "0");
    vi.resetModules();
    return (await import("./tenant")).resolveTenant;
  };

  test("an operator may name another tenant, and is there as an operator", async () => {
    const lax = await inLax();
    expect(await lax({ principal: operator(), session: null }, "globex")).toMatchObject({
      tenantId: "globex",
      role: "operator",
      isForeign: true,
    });
  });
  test("an operator who names none, or their own, is at home in their own role", async () => {
    const lax = await inLax();
    for (const named of [null, "sekisho"]) {
      expect(await lax({ principal: operator(), session: sessionIn(null) }, named)).toMatchObject({
        tenantId: "sekisho",
        role: "member",
        isForeign: false,
      });
    }
  });
  test("an operator's browser stays in the tenant that was chosen for the session, until a request names another", async () => {
    const lax = await inLax();
    const caller = { principal: operator(), session: sessionIn("globex") };
    expect(await lax(caller, null)).toMatchObject({ tenantId: "globex", isForeign: true });
    expect(await lax(caller, "acme")).toMatchObject({ tenantId: "acme", isForeign: true });
    expect(await lax(caller, "sekisho")).toMatchObject({ tenantId: "sekisho", isForeign: false });
  });
  test.each([[[]], [["admin"]], [["viewer"]], [["Operator"]], [["operators"]]])(
    "nobody else may: %j",
    async (groups) => {
      const lax = await inLax();
      const someone = principal({ groups });
      await expect(lax({ principal: someone, session: null }, "globex")).rejects.toMatchObject({
        code: "tenant_mismatch",
      });
      expect(await lax({ principal: someone, session: sessionIn("globex") }, null)).toMatchObject({
        tenantId: "acme",
        isForeign: false,
      });
    },
  );
  test("an operator of no tenant is refused there, too", async () => {
    const lax = await inLax();
    const homeless = principal({ tenantClaim: "NO TENANT", groups: ["operator"] });
    await expect(lax({ principal: homeless, session: null }, "globex")).rejects.toMatchObject({
      code: "no_tenant",
    });
  });
  test("a choice kept from then means nothing once TENANT_STRICT is back", async () => {
    const caller = { principal: operator(), session: sessionIn("globex") };
    expect(await resolveTenant(caller, null)).toMatchObject({ tenantId: "sekisho", isForeign: false });
  });
});

test("where MULTI_TENANT_ENABLED=0 everyone is in one tenant, also who has none", async () => {
  vi.stubEnv("MULTI_TENANT_ENABLED", "0");
  vi.resetModules();
  const { resolveTenant: alone } = await import("./tenant");
  for (const tenantClaim of ["acme", "globex", null]) {
    const caller = { principal: principal({ tenantClaim, groups: ["admin"] }), session: null };
    expect(await alone(caller, null)).toMatchObject({ tenantId: "public", role: "admin", isForeign: false });
  }
  expect(cognito.calls).toEqual([]);
});

test.each<[settings: Record<string, string>, groups: string[], isOffered: boolean]>([
  [{ TENANT_STRICT: "0" }, ["operator"], true],
  [{ TENANT_STRICT: "0" }, ["admin"], false],
  [{}, ["operator"], false],
  [{ TENANT_STRICT: "0", MULTI_TENANT_ENABLED: "0" }, ["operator"], false],
  [{ TENANT_STRICT: "0", TENANT_MODE: "claim" }, ["operator"], false],
  [{ TENANT_STRICT: "0", TENANT_MODE: "subdomain", TENANT_MAIN_DOMAIN: "localhost" }, ["operator"], false],
])(
  "with %j, whether a person of %j may choose another tenant to work in: %j",
  async (settings, groups, isOffered) => {
    for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
    vi.resetModules();
    const { mayChooseTenant } = await import("./tenant");
    expect(mayChooseTenant(principal({ groups }))).toBe(isOffered);
  },
);
