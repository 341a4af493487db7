import { AdminGetUserCommand } from "@aws-sdk/client-cognito-identity-provider";
import { expect, test } from "vitest";
import { newPoolUser, tokensOf } from "../../infra/local/testing/cognito-user";
import { provideCognito } from "../../infra/local/testing/provide-cognito";
import { makeTenant } from "../../infra/local/testing/tenant";
import { listAudit } from "../audit/list-audit";
import { type Caller, identify } from "../auth/access/identify";
import { beginSignIn } from "../auth/endings/sign-in-order";
import { usableTokens } from "../auth/endings/usable-tokens";
import { callerAsPerson } from "../auth/tenancy/person";
import { readTenant } from "../db/with-tenant";
import { rememberSignIn } from "../members/remember-sign-in";
import { ChangeMe } from "./contract";
import { changeOwnName } from "./own-name";

const cognito = await provideCognito();
const FROM = { way: "form", userAgent: "", address: "192.0.2.1", isNewDevice: false } as const;

/** Somebody who has signed in, whose name at Cognito this is. */
async function signedIn(name?: string) {
  const tenant = makeTenant();
  const { id, email } = await newPoolUser(cognito, tenant.tenantId, {
    groups: ["member"],
    ...(name !== undefined && { attributes: { name } }),
  });
  const number = await beginSignIn();
  const { tokens, principal } = await usableTokens(await tokensOf(email), number);
  await rememberSignIn(principal, FROM);
  const caller = await identify({ authorization: `Bearer ${tokens.accessToken}`, sessionCookie: undefined });
  return { tenant: makeTenant({ tenantId: tenant.tenantId, sub: id }), email, caller };
}
type Somebody = Awaited<ReturnType<typeof signedIn>>;

const listedName = async ({ tenant }: Somebody) =>
  (await readTenant(tenant.tenantId, (tx) => callerAsPerson(tx, tenant))).name;

async function nameAtCognito({ email }: Somebody): Promise<string | undefined> {
  const user = { UserPoolId: cognito.UserPoolId, Username: email };
  const { UserAttributes = [] } = await cognito.sdk.send(new AdminGetUserCommand(user));
  return UserAttributes.find(({ Name }) => Name === "name")?.Value;
}
const change = (caller: Caller, name: string | null) => changeOwnName(caller, ChangeMe.parse({ name }));

test("the name that an account has is known from the first sign-in on", async () => {
  expect(await listedName(await signedIn("Yuki Tanaka"))).toBe("Yuki Tanaka");
});

test("a name is said at Cognito and in the list of members, is on record, and can be taken away", async () => {
  const somebody = await signedIn("Before");
  expect(await change(somebody.caller, " Yuki \n Tanaka ")).toMatchObject({ name: "Yuki Tanaka" });
  expect([await nameAtCognito(somebody), await listedName(somebody)]).toEqual(["Yuki Tanaka", "Yuki Tanaka"]);
  expect(await change(somebody.caller, null)).toMatchObject({ name: null });
  expect([await nameAtCognito(somebody), await listedName(somebody)]).toEqual([undefined, null]);
  const { rows } = await listAudit(somebody.tenant, { limit: 10, action: "account.name_changed" });
  expect(rows.map(({ outcome, detail }) => [outcome, detail.name])).toEqual([
    ["done", ""],
    ["done", "Yuki Tanaka"],
  ]);
});

test("a token that does not say the name takes none away", async () => {
  const somebody = await signedIn("Yuki Tanaka");
  await rememberSignIn(somebody.caller.principal, FROM);
  expect(await listedName(somebody)).toBe("Yuki Tanaka");
});

test.each(["x".repeat(101), "\u200b", "", "a\0b"])("%j is no name", (name) => {
  expect(ChangeMe.safeParse({ name }).success).toBe(false);
});

test("what is no name at Cognito is none here, and one that is too long is cut", async () => {
  expect(await listedName(await signedIn("\u200b \u202e"))).toBeNull();
  expect(await listedName(await signedIn("字".repeat(300)))).toBe("字".repeat(100));
});
