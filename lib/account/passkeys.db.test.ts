import { TestPasskey } from "@sekisho/local-cognito/testing";
import { beforeAll, describe, expect, test } from "vitest";
import { mfaSettings } from "../../infra/local/pool-shape";
import { newEmail, newPoolUser } from "../../infra/local/testing/cognito-user";
import { provideCognito } from "../../infra/local/testing/provide-cognito";
import { makeTenant } from "../../infra/local/testing/tenant";
import { type Caller, identify } from "../auth/access/identify";
import { cookieName } from "../auth/session/session-cookie";
import { type Browser, signInByPasskey } from "../auth/sign-in/browser-sign-in";
import { askForPasskey, type PasskeyOwner } from "../auth/sign-in/passkey";
import { passkeyOffer } from "../auth/sign-in/passkey-offer";
import type { SignInObserver } from "../auth/sign-in/sign-in-observer";
import { AppError } from "../errors";
import {
  beginOwnPasskey,
  listOwnPasskeys,
  notePasskeyUsed,
  removeOwnPasskey,
  renameOwnPasskey,
  verifyOwnPasskey,
} from "./own-passkeys";
import { answerPasskey, login } from "./sign-in";

const password = "Passw0rd!demo";
const ORIGIN = "http://localhost:3000";
const userAgent = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0";
const cognito = await provideCognito();
beforeAll(async () => {
  expect(await passkeyOffer()).toEqual({ relyingParty: "localhost", isBothSteps: true });
});

const told: unknown[][] = [];
const observer: SignInObserver = {
  signedIn: async (principal, { way, passkey }) => {
    told.push(["signedIn", way]);
    if (passkey) await notePasskeyUsed(principal, passkey);
  },
  refused: (_, step, { way }) => void told.push(["refused", way, step]),
  linked: async () => undefined,
  recovered: async () => undefined,
  accountChanged: async (_, change) => void told.push(["changed", change]),
  signedOut: async () => undefined,
};

function newBrowser(): Browser {
  const cookies = new Map([[cookieName("csrf"), crypto.randomUUID()]]);
  return {
    jar: {
      get: (name) => (cookies.has(name) ? { value: cookies.get(name) ?? "" } : undefined),
      set: (name, value, { maxAge }) => (maxAge > 0 ? cookies.set(name, value) : cookies.delete(name)),
    },
    headers: new Headers(),
    observer,
  };
}

/** Somebody with a passkey. */
async function holder(tenantId: string | null = makeTenant().tenantId) {
  const { email, id: sub } = await newPoolUser(cognito, tenantId);
  const caller = await signedIn(email);
  const device = new TestPasskey("localhost", ORIGIN);
  await add(caller, device);
  return { email, sub, device, caller: await signedIn(email) };
}

async function signedIn(email: string): Promise<Caller> {
  const answer = await login({ headers: new Headers(), observer }, { email, password });
  if (!("access_token" in answer)) throw new Error(`${email} is asked for more`);
  return identify({ authorization: `Bearer ${answer.access_token}`, sessionCookie: undefined });
}

async function add(caller: Caller, device: TestPasskey, how = {}) {
  const credential = device.create(await beginOwnPasskey(caller, { password }), how);
  // As it comes from the wire.
  const sent = JSON.parse(JSON.stringify(credential)) as Parameters<typeof verifyOwnPasskey>[2]["credential"];
  await verifyOwnPasskey(observer, caller, { credential: sent, password, userAgent });
}

const codeOf = (error: unknown) => (error instanceof AppError ? error.code : error);

/** Signs in by both ways, and says alike what became of it. */
const WAYS = {
  async passkey(owner: PasskeyOwner, device: TestPasskey, how = {}) {
    const browser = newBrowser();
    const { session, parameters } = await askForPasskey(browser, owner);
    const credential = device.get(parameters.CREDENTIAL_REQUEST_OPTIONS, how);
    const result = await signInByPasskey(browser, { session, credential });
    return "refused" in result ? result.refused.code : Object.keys(result)[0];
  },
  async api(owner: PasskeyOwner, device: TestPasskey, how = {}) {
    const client = { ...newBrowser(), jar: { get: () => undefined } };
    const { session, parameters } = await askForPasskey(client, owner);
    const credential = JSON.parse(device.get(parameters.CREDENTIAL_REQUEST_OPTIONS, how));
    return answerPasskey(client, { session, credential }).then(() => "signedIn", codeOf);
  },
};
const handleOf = (sub: string) => ({ user_handle: Buffer.from(sub).toString("base64url") });

describe.each(Object.keys(WAYS) as (keyof typeof WAYS)[])("by way of %s", (way) => {
  const signIn = WAYS[way];

  test("a passkey signs in who typed their address, and who it says itself", async () => {
    const { email, sub, device } = await holder();
    told.length = 0;
    expect(await signIn({ email }, device)).toBe("signedIn");
    expect(await signIn(handleOf(sub), device)).toBe("signedIn");
    expect(told).toEqual([
      ["signedIn", way],
      ["signedIn", way],
    ]);
  });

  test.each([
    ["that did not verify its holder", { userVerified: false }],
    ["at another site", { origin: "https://evil.example" }],
    ["for another site", { rpId: "evil.example" }],
    ["over another challenge", { challenge: "AAAAAAAAAAAAAAAAAAAAAA" }],
  ])("one %s signs nobody in, which is told", async (_, how) => {
    const { email, device } = await holder();
    told.length = 0;
    expect(await signIn({ email }, device, how)).toBe("passkey_rejected");
    expect(told).toEqual([["refused", way, "passkey_rejected"]]);
  });

  test("nor does somebody else's, one that was removed, nor any for an account that there is not", async () => {
    const { email, device, caller } = await holder();
    const stranger = await holder();
    expect(await signIn({ email }, stranger.device)).toBe("passkey_rejected");
    expect(await signIn({ email: newEmail() }, device)).toBe("passkey_rejected");
    const [passkey] = await listOwnPasskeys(caller);
    await removeOwnPasskey(observer, caller, { id: passkey?.id ?? "", password });
    expect(await signIn({ email }, device)).toBe("passkey_rejected");
  });
});

test("a holder must have been verified also where the pool would not ask for it", async () => {
  const { email, device } = await holder();
  const { UserPoolId, sdk } = cognito;
  const WebAuthnConfiguration = { RelyingPartyId: "localhost", UserVerification: "preferred" as const };
  await sdk.setUserPoolMfaConfig({ UserPoolId, ...mfaSettings, WebAuthnConfiguration });
  const became = await WAYS.passkey({ email }, device, { userVerified: false });
  await sdk.setUserPoolMfaConfig({ UserPoolId, ...mfaSettings });
  expect(became).toBe("passkey_rejected");
});

test("whoever has a second step turned on is not asked for it after a passkey", async () => {
  const { email, device } = await holder();
  const who = { UserPoolId: cognito.UserPoolId, Username: email };
  const UserAttributes = [
    { Name: "phone_number", Value: "+819012345678" },
    { Name: "phone_number_verified", Value: "true" },
  ];
  await cognito.sdk.adminUpdateUserAttributes({ ...who, UserAttributes });
  const SMSMfaSettings = { Enabled: true, PreferredMfa: true };
  await cognito.sdk.adminSetUserMFAPreference({ ...who, SMSMfaSettings });
  const byPassword = await login({ headers: new Headers(), observer }, { email, password });
  expect(byPassword).toMatchObject({ challenge: "SMS_MFA" });
  expect(await WAYS.passkey({ email }, device)).toBe("signedIn");
});

test("what is asked for is the same for who has a passkey, who has none, and who has no account", async () => {
  const { email, sub } = await holder();
  const { email: without } = await newPoolUser(cognito, makeTenant().tenantId);
  const owners = [{ email }, { email: without }, { email: newEmail() }, handleOf(sub)];
  owners.push(handleOf(crypto.randomUUID()));
  const asked = await Promise.all(owners.map((owner) => askForPasskey(newBrowser(), owner)));
  const shapes = asked.map(({ name, parameters, session }) => {
    const { challenge, ...options } = JSON.parse(parameters.CREDENTIAL_REQUEST_OPTIONS ?? "");
    return {
      name,
      options,
      bytes: Buffer.from(challenge, "base64url").length,
      parts: session.split(".").length,
    };
  });
  const options = { rpId: "localhost", timeout: 120_000, userVerification: "required" };
  expect(shapes[0]).toEqual({ name: "WEB_AUTHN", options, bytes: 32, parts: 5 });
  expect(new Set(shapes.map((shape) => JSON.stringify(shape))).size).toBe(1);
});

test("a challenge is of no use in another browser, nor twice", async () => {
  const { email, device } = await holder();
  const browser = newBrowser();
  const { session, parameters } = await askForPasskey(browser, { email });
  const input = { session, credential: device.get(parameters.CREDENTIAL_REQUEST_OPTIONS) };
  expect(await signInByPasskey(newBrowser(), input)).toMatchObject({
    refused: { code: "challenge_expired" },
  });
  expect(await signInByPasskey(browser, input)).toHaveProperty("signedIn");
  expect(await signInByPasskey(browser, input)).toMatchObject({ refused: { code: "passkey_rejected" } });
});

test("a passkey is known by its browser until its owner names it, and says when it was used", async () => {
  const { email, device, caller } = await holder();
  const [before] = await listOwnPasskeys(caller);
  expect(before).toMatchObject({ name: null, user_agent: userAgent, used_at: null });
  const id = before?.id ?? "";
  await renameOwnPasskey(caller, id, { name: "Work laptop" });
  await WAYS.api({ email }, device);
  const [after] = await listOwnPasskeys(caller);
  expect(after).toMatchObject({ id, name: "Work laptop", user_agent: userAgent });
  expect(Date.parse(after?.used_at ?? "")).toBeGreaterThan(Date.now() - 60_000);
});

test("nobody names or removes another's, and a wrong password adds and removes nothing", async () => {
  const { caller } = await holder();
  const stranger = await holder();
  const id = (await listOwnPasskeys(caller))[0]?.id ?? "";
  const refused = (work: Promise<unknown>) => work.then(() => "done", codeOf);
  expect(await refused(renameOwnPasskey(stranger.caller, id, { name: "Mine" }))).toBe("not_found");
  expect(await refused(removeOwnPasskey(observer, stranger.caller, { id, password }))).toBe("not_found");
  const wrong = { id, password: "Wr0ng!password" };
  expect(await refused(removeOwnPasskey(observer, caller, wrong))).toBe("invalid_credentials");
  expect(await refused(beginOwnPasskey(caller, wrong))).toBe("invalid_credentials");
  expect(await listOwnPasskeys(caller)).toHaveLength(1);
});

test("one that was made elsewhere is not taken", async () => {
  const { email } = await newPoolUser(cognito, makeTenant().tenantId);
  const caller = await signedIn(email);
  const adding = add(caller, new TestPasskey("localhost", ORIGIN), { origin: "https://evil.example" });
  expect(await adding.catch(codeOf)).toBe("passkey_rejected");
  expect(await listOwnPasskeys(caller)).toEqual([]);
});

test("who belongs to no tenant has passkeys too, with the name that Cognito gives", async () => {
  const { caller } = await holder(null);
  expect(await listOwnPasskeys(caller)).toMatchObject(
    [{ name: null, user_agent: "", keeper: /^Passkey/ }].map(({ keeper, ...rest }) => ({
      ...rest,
      keeper: expect.stringMatching(keeper),
    })),
  );
});
