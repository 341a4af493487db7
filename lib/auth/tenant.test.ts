import { randomUUID } from "node:crypto";
import {
  AdminCreateUserCommand,
  AdminDisableUserCommand,
  AdminUpdateUserAttributesCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { localClient } from "../../infra/local/provision";
import { startTestCognito, type TestCognito } from "../../infra/local/testing/cognito";
import type { Principal } from "./principal";
import { resolveTenant } from "./tenant";

let cognito: TestCognito;

beforeAll(async () => {
  cognito = await startTestCognito();
  Object.assign(process.env, cognito.environment);
});
afterAll(() => cognito.close());
beforeEach(() => {
  cognito.calls = [];
});
afterEach(() => {
  cognito.weather = "fine";
  vi.useRealTimers();
  vi.unstubAllEnvs();
  vi.resetModules();
});

function principal({
  tenantClaim = "acme" as string | null,
  username = randomUUID() as string,
  groups = [] as string[],
} = {}): Principal {
  return { sub: username, username, email: null, tokenUse: "access", groups, tenantClaim, issuedAt: 0 };
}
const withoutClaim = (username: string) => principal({ tenantClaim: null, username });

/** A user of the pool with this tenant, or none. */
async function makeUser(tenant?: string): Promise<string> {
  const client = localClient(cognito.url);
  const { User } = await client.send(
    new AdminCreateUserCommand({
      UserPoolId: cognito.environment.COGNITO_USER_POOL_ID,
      Username: `${randomUUID()}@example.com`,
      MessageAction: "SUPPRESS",
      UserAttributes: tenant === undefined ? [] : [{ Name: "custom:tenant_id", Value: tenant }],
    }),
  );
  return User?.Username ?? "";
}

describe("a caller whose token says the tenant", () => {
  test("is in that tenant, whether or not the header names it, and Cognito is not asked", async () => {
    for (const named of [null, "acme"]) {
      expect(await resolveTenant(principal(), named)).toMatchObject({ tenantId: "acme", role: "member" });
    }
    expect(cognito.calls).toEqual([]);
  });
  test.each([
    [["admin"], "admin"],
    [["viewer"], "viewer"],
    [["viewer", "admin"], "admin"],
    [["operator"], "member"],
    [["ADMIN"], "member"],
  ])("has, in the groups %j, the role %s", async (groups, role) => {
    expect(await resolveTenant(principal({ groups }), null)).toMatchObject({ role });
  });
  test.each(["globex", "a", "acme2", "acm", "admin"])("may not name the tenant %s", async (named) => {
    for (const groups of [[], ["admin"], ["operator"]]) {
      await expect(resolveTenant(principal({ groups }), named)).rejects.toMatchObject({
        code: "tenant_mismatch",
        status: 403,
      });
    }
  });
  test.each([
    "",
    " ",
    "ACME",
    "Acme",
    "acme,globex",
    "acme, acme",
    "acme globex",
    "acme\0",
    "acme\n",
    "\u0430cme",
    "acm\u00e9",
    "%61cme",
    "-acme",
    "acme-",
    "_acme",
    "acme.",
    "acme.example",
    "../acme",
    "*",
    "a".repeat(65),
    "null'--",
  ])("sends a malformed name: %j", async (named) => {
    await expect(resolveTenant(principal(), named)).rejects.toMatchObject({
      code: "invalid_tenant",
      status: 400,
    });
  });
  test("may have a tenant of up to 64 characters", async () => {
    for (const tenantClaim of ["a", "7", "a_b-c", "a".repeat(64)]) {
      expect(await resolveTenant(principal({ tenantClaim }), tenantClaim)).toMatchObject({
        tenantId: tenantClaim,
      });
    }
  });
  test.each(["ACME", "a b", "a,b", "-", "a".repeat(65), "../x"])(
    "that is no tenant (%j) belongs to none, and cannot name one",
    async (tenantClaim) => {
      for (const named of [null, "acme"]) {
        await expect(resolveTenant(principal({ tenantClaim }), named)).rejects.toMatchObject({
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
    expect(await resolveTenant(withoutClaim(username), null)).toMatchObject({ tenantId: "globex" });
    expect(await resolveTenant(withoutClaim(username), "globex")).toMatchObject({ tenantId: "globex" });
    await expect(resolveTenant(withoutClaim(username), "acme")).rejects.toMatchObject({
      code: "tenant_mismatch",
    });
  });
  test("and whose user has none is given none, whatever the header names", async () => {
    const username = await makeUser();
    for (const named of [null, "acme", "globex"]) {
      await expect(resolveTenant(withoutClaim(username), named)).rejects.toMatchObject({ code: "no_tenant" });
    }
  });
  test("and whose user is not there, or disabled, is given none", async () => {
    await expect(resolveTenant(withoutClaim(randomUUID()), "acme")).rejects.toMatchObject({
      code: "no_tenant",
    });
    const username = await makeUser("acme");
    await localClient(cognito.url).send(
      new AdminDisableUserCommand({
        UserPoolId: cognito.environment.COGNITO_USER_POOL_ID,
        Username: username,
      }),
    );
    await expect(resolveTenant(withoutClaim(username), null)).rejects.toMatchObject({ code: "no_tenant" });
  });
  test("is asked after once by many requests, and again after a minute", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const username = await makeUser("acme");
    await Promise.all(Array.from({ length: 100 }, () => resolveTenant(withoutClaim(username), null)));
    expect(cognito.calls).toEqual(["AdminGetUser"]);

    await localClient(cognito.url).send(
      new AdminUpdateUserAttributesCommand({
        UserPoolId: cognito.environment.COGNITO_USER_POOL_ID,
        Username: username,
        UserAttributes: [{ Name: "custom:tenant_id", Value: "globex" }],
      }),
    );
    vi.setSystemTime(Date.now() + 59_000);
    expect(await resolveTenant(withoutClaim(username), null)).toMatchObject({ tenantId: "acme" });
    vi.setSystemTime(Date.now() + 1_000);
    expect(await resolveTenant(withoutClaim(username), null)).toMatchObject({ tenantId: "globex" });
    expect(cognito.calls).toEqual(["AdminGetUser", "AdminGetUser"]);
  });
  test.each(["down", "failing", "throttling"] as const)(
    "cannot be served while Cognito is %s, and is as soon as it is back",
    async (weather) => {
      const username = await makeUser("acme");
      cognito.weather = weather;
      await expect(resolveTenant(withoutClaim(username), "acme")).rejects.toMatchObject({
        code: "cognito_unavailable",
        status: 503,
        retryAfter: 5,
      });
      expect(cognito.calls.length).toBeLessThanOrEqual(3);
      cognito.weather = "fine";
      expect(await resolveTenant(withoutClaim(username), "acme")).toMatchObject({ tenantId: "acme" });
    },
  );
  test("with a malformed name is refused before Cognito is asked", async () => {
    await expect(resolveTenant(withoutClaim(await makeUser("acme")), "A B")).rejects.toMatchObject({
      code: "invalid_tenant",
    });
    expect(cognito.calls).toEqual([]);
  });
});

test("in claim mode the header is not even looked at", async () => {
  vi.stubEnv("TENANT_MODE", "claim");
  vi.resetModules();
  const { resolveTenant: resolve } = await import("./tenant");
  for (const named of [null, "globex", "not a tenant", ""]) {
    expect(await resolve(principal(), named)).toMatchObject({ tenantId: "acme" });
  }
});
