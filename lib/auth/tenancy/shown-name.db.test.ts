import {
  AdminUpdateUserAttributesCommand,
  UpdateUserAttributesCommand,
  UpdateUserPoolCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { decodeJwt } from "jose";
import { beforeAll, expect, test } from "vitest";
import { poolSettings } from "../../../infra/local/pool-shape";
import { tokensOf } from "../../../infra/local/testing/cognito-user";
import { provideCognito } from "../../../infra/local/testing/provide-cognito";
import { makeTenant } from "../../../infra/local/testing/tenant";
import { recordAuditApart } from "../../audit/record";
import { auditEvents, memberDirectories, members } from "../../db/schema";
import { withTenant } from "../../db/with-tenant";
import { listMembers } from "../../members/list-members";
import { readDirectory } from "../../members/read-directory";
import { rememberSignIn } from "../../members/remember-sign-in";
import { unverifiedOwner } from "../access/principal";
import { beginSignIn } from "../endings/sign-in-order";
import { usableTokens } from "../endings/usable-tokens";
import { type Browser, signInBrowser } from "../sign-in/browser-sign-in";
import type { TenantContext } from "./tenant";

const CHIEF = "chief@acme.example";
const PASSWORD = "Passw0rd!demo";
const { sdk, UserPoolId } = await provideCognito();

/** A pool that was made otherwise: it takes an address as soon as somebody writes it. */
beforeAll(async () => {
  const { UserAttributeUpdateSettings: _, ...careless } = poolSettings({});
  await sdk.send(new UpdateUserPoolCommand({ UserPoolId, ...careless }));
});

async function write(email: string, value: string): Promise<void> {
  const { accessToken: AccessToken } = await tokensOf(email);
  const UserAttributes = [{ Name: "email", Value: value }];
  await sdk.send(new UpdateUserAttributesCommand({ AccessToken, UserAttributes }));
}

const browser: Browser = {
  jar: { get: () => undefined, set: () => undefined },
  headers: new Headers(),
  observer: {
    signedIn: rememberSignIn,
    refused() {},
    linked: async () => undefined,
    recovered: async () => {},
    accountChanged: async () => {},
    signedOut: async () => {},
  },
};
/** What somebody is called by the session that signing in brings. */
async function greeted(email: string): Promise<string> {
  const result = await signInBrowser(browser, { email, password: PASSWORD });
  if (!("signedIn" in result)) throw new Error(`${email} was not let in`);
  return result.signedIn.name;
}

const admin = makeTenant({ tenantId: "acme", groups: ["admin"] });
const namesOfMembers = async () =>
  new Map((await listMembers(admin, { limit: 100 })).rows.map(({ id, email }) => [id, email]));

/** The whole pool once more, which one waits a minute for otherwise. */
async function readAgain(tenant: TenantContext): Promise<void> {
  await withTenant(tenant.tenantId, (tx) => tx.update(memberDirectories).set({ readAt: null }));
  await readDirectory(tenant);
}

test("an address that somebody wrote into their account is not theirs: nowhere are they called by it", async () => {
  expect(await greeted("bob@acme.example")).toBe("bob@acme.example");
  await write("bob@acme.example", CHIEF);
  const tokens = await tokensOf(CHIEF);
  expect(decodeJwt(tokens.idToken)).toMatchObject({ email: CHIEF, email_verified: false });
  const { sub } = unverifiedOwner(tokens);

  // The page that greets them, whatever they typed, and the record of their coming.
  expect(await greeted(CHIEF)).toBe("bob@acme.example");
  expect((await usableTokens(tokens, await beginSignIn())).principal.email).toBeNull();
  // What they do, by a token that says the address, and by one that does not.
  const asId = { ...admin, principal: unverifiedOwner(tokens) };
  for (const source of [asId, { ...admin, principal: { ...asId.principal, email: null } }]) {
    await recordAuditApart(source, { action: "member.invited" });
  }
  // The list of members, as it was read from the pool at first, and when somebody looks for more of them.
  expect((await namesOfMembers()).get(sub)).toBe("bob@acme.example");
  await readAgain(admin);
  expect((await namesOfMembers()).get(sub)).toBe("bob@acme.example");
  const events = await withTenant("acme", (tx) => tx.select().from(auditEvents));
  expect(events.length).toBeGreaterThan(3);
  expect(JSON.stringify([...events, ...(await namesOfMembers())])).not.toContain(CHIEF);
});

test("who never had a verified address is called by their username; one that was listed before is taken off", async () => {
  await write("carol@globex.example", "boss@globex.example");
  const { sub, username } = unverifiedOwner(await tokensOf("boss@globex.example"));
  const globex = makeTenant({ tenantId: "globex", groups: ["admin"] });
  const name = await greeted("boss@globex.example");
  expect(name).toBe(username);
  const listed = async () =>
    (await listMembers(globex, { limit: 100 })).rows.find(({ id }) => id === sub)?.email;
  expect(await listed()).toBe(username);
  await withTenant("globex", (tx) => tx.update(members).set({ email: "Boss@globex.example" }));
  await readAgain(globex);
  expect(await listed()).toBe(username);
});

test("once it is verified, it is how they are called", async () => {
  await write("victor@acme.example", "vic@acme.example");
  const UserAttributes = [{ Name: "email_verified", Value: "true" }];
  await sdk.send(
    new AdminUpdateUserAttributesCommand({ UserPoolId, Username: "vic@acme.example", UserAttributes }),
  );
  const name = await greeted("vic@acme.example");
  expect(name).toBe("vic@acme.example");
});
