import { randomUUID } from "node:crypto";
import { decodeJwt, UnsecuredJWT } from "jose";
import { expect, test } from "vitest";
import { DEMO_PASSWORD } from "../../infra/local/demo-users";
import { newPoolUser } from "../../infra/local/testing/cognito-user";
import { newCompany, proveOwn } from "../../infra/local/testing/company";
import { provideCognito } from "../../infra/local/testing/provide-cognito";
import { type Person, signInAtProvider } from "../../infra/local/testing/provider-sign-in";
import { forgotPassword } from "../account/recovery";
import { listAudit } from "../audit/list-audit";
import { identify } from "../auth/access/identify";
import { unverifiedOwner } from "../auth/access/principal";
import { beginSignIn } from "../auth/endings/sign-in-order";
import { type Browser, enterFromHostedUi, signInBrowser } from "../auth/sign-in/browser-sign-in";
import { Email } from "../auth/sign-in/forms";
import { addressIn, settingsOf, whyRefused } from "../auth/single-sign-on/acceptance";
import { toDomain } from "../auth/single-sign-on/email-domain";
import { signInWayOf } from "../auth/single-sign-on/sign-in-way";
import { enterTenant } from "../auth/tenancy/enter-tenant";
import { requireServedUser } from "../auth/tenancy/served";
import { refreshTokens } from "../cognito/refresh-tokens";
import type { Tokens } from "../cognito/sign-in";
import { WHICHEVER } from "../db/expected-version";
import { members } from "../db/schema";
import { withTenant } from "../db/with-tenant";
import { readDirectory } from "../members/read-directory";
import { rememberSignIn } from "../members/remember-sign-in";
import { readSingleSignOn } from "./read-single-sign-on";
import { removeDomain } from "./remove-domain";

const cognito = await provideCognito({}, { mockIdp: {} });

const told: string[] = [];
const browser: Browser = {
  jar: { get: () => undefined, set: () => undefined },
  headers: new Headers(),
  observer: {
    signedIn: rememberSignIn,
    refused() {},
    linked: async ({ sub }, tenantId) => void told.push(`${tenantId} ${sub}`),
    recovered: async () => undefined,
    accountChanged: async () => undefined,
    signedOut: async () => undefined,
  },
};

/** Comes by a provider and is let in by the application, or not. */
async function come(provider: string, person: Person) {
  const number = await beginSignIn();
  const tokens = await signInAtProvider({ identity_provider: provider }, person);
  return { tokens, result: await enterFromHostedUi(browser, tokens, number) };
}
const refusal = (code: string) => ({ refused: expect.objectContaining({ code }) });

/** As a request with a bearer token is. */
async function use({ accessToken }: Pick<Tokens, "accessToken">) {
  const caller = await identify({ authorization: `Bearer ${accessToken}`, sessionCookie: undefined });
  return enterTenant(caller, null);
}

const password = (email: string) => signInBrowser(browser, { email, password: DEMO_PASSWORD });

test.each(["oidc", "saml"] as const)(
  "a newcomer by %s is a member of the provider's tenant, in the role that it gives",
  async (kind) => {
    const company = await newCompany(cognito, { kind });
    const person = company.person();
    const { result, tokens } = await come(company.provider, person);
    expect(result).toMatchObject({ signedIn: { name: person.email } });
    const listed = await withTenant(company.tenantId, (tx) => tx.select().from(members));
    expect(listed).toMatchObject([{ email: person.email, role: "member", status: "active" }]);
    // Also as the pool is read, where a SAML provider's address counts as nobody's.
    await readDirectory(company.admin);
    const read = await withTenant(company.tenantId, (tx) => tx.select().from(members));
    expect(read.map(({ email }) => email)).toContain(person.email);
    // The token of before says no role yet, and is of the same person.
    expect(await use(tokens)).toMatchObject({ tenantId: company.tenantId, role: "viewer" });
    const again = await come(company.provider, person);
    expect(again.result).toMatchObject({ signedIn: { name: person.email } });
    expect(await use(again.tokens)).toMatchObject({ tenantId: company.tenantId, role: "member" });
  },
);

test("a domain of another script is one, in whichever spelling it is typed and said, and is shown as it is written", async () => {
  const company = await newCompany(cognito);
  const readable = `bücher-${randomUUID().slice(0, 8)}.example`;
  const domain = toDomain(readable);
  await proveOwn(company, domain);
  const { domains } = await readSingleSignOn(company.admin);
  expect(domains).toMatchObject([{}, { domain, readable, proved_by: "dns" }]);
  for (const typed of [readable, readable.toUpperCase(), readable.replace(".", "。"), domain]) {
    expect(await signInWayOf(Email.parse(`zoe@${typed}`)), typed).toEqual({
      way: "single_sign_on",
      identifier: domain,
    });
    const email = `${randomUUID().slice(0, 8)}@${typed.replace("。", ".")}`;
    const { result } = await come(company.provider, company.person({ email }));
    expect(result, typed).toMatchObject({ signedIn: { name: expect.stringMatching(/@xn--bcher-/) } });
  }
  const lookalike = company.person({ email: `zoe@${readable.replace("e", "\u0435")}` });
  expect((await come(company.provider, lookalike)).result).toEqual(refusal("single_sign_on_refused"));
});

test("whoever takes the code for themselves is served nothing until they have come in", async () => {
  const company = await newCompany(cognito);
  const person = company.person();
  const tokens = await signInAtProvider({ identity_provider: company.provider }, person);
  await expect(use(tokens)).rejects.toMatchObject({ code: "single_sign_on_refused" });
  await come(company.provider, person);
  expect(await use(tokens)).toMatchObject({ tenantId: company.tenantId });
});

test("switched off, nobody who came by it is served any more, and nobody is let in", async () => {
  const company = await newCompany(cognito);
  const person = company.person();
  const { tokens } = await come(company.provider, person);
  await company.change({ state: "off" });
  await expect(use(tokens)).rejects.toMatchObject({ code: "single_sign_on_refused" });
  expect((await come(company.provider, person)).result).toEqual(refusal("single_sign_on_refused"));
  expect((await come(company.provider, company.person())).result).toEqual(refusal("single_sign_on_refused"));
});

test("of Google's answers those count that are of an account of the tenant's own domain", async () => {
  const company = await newCompany(cognito);
  const { domain, provider, tenantId } = company;
  const google = (claims: Record<string, unknown>) => ({
    sub: "109876543210987654321",
    iss: "https://accounts.google.com",
    azp: "x.apps.googleusercontent.com",
    email: `zoe@${domain}`,
    email_verified: true,
    name: "Zoe",
    picture: "https://lh3.googleusercontent.com/a",
    locale: "en",
    ...claims,
  });
  const why = (claims: Record<string, unknown>) =>
    settingsOf(tenantId).then((settings) =>
      whyRefused(tenantId, settings, addressIn({ idToken: new UnsecuredJWT(google(claims)).encode() })),
    );
  expect(await why({ hd: domain })).toBeNull();
  expect(await why({ "custom:hd": domain.toUpperCase() })).toBeNull();
  expect(await why({ email_verified: false, hd: domain })).toBe("not verified");
  expect(await why({ email: "zoe@gmail.com" })).toBe("not of the tenant's domains");
  for (const hd of ["other.example", "", [domain, "other.example"], (await newCompany(cognito)).domain]) {
    expect(await why({ hd }), String(hd)).toBe("of another company's account");
  }
  expect((await come(provider, google({ hd: domain }))).result).toHaveProperty("signedIn");
  const privately = google({ sub: "2", email: "zoe@gmail.com" });
  expect((await come(provider, privately)).result).toEqual(refusal("single_sign_on_refused"));
});

test("where the pool lacks the group of the newcomers' role, nobody new is let in, on record, until it is there again", async () => {
  const company = await newCompany(cognito);
  const { sdk, UserPoolId } = cognito;
  const person = company.person();
  await sdk.deleteGroup({ UserPoolId, GroupName: "member" });
  try {
    expect((await come(company.provider, person)).result).toEqual(refusal("single_sign_on_refused"));
  } finally {
    await sdk.createGroup({ UserPoolId, GroupName: "member", Precedence: 3 });
  }
  const { rows } = await listAudit(company.admin, { limit: 1, action: "single_sign_on.refused" });
  expect(rows).toMatchObject([
    { subject: { label: person.email }, detail: { why: "no group of the newcomers' role" } },
  ]);
  expect((await come(company.provider, person)).result).toHaveProperty("signedIn");
});

test("with a domain goes all that came with an address of it, sessions, tokens and what they are renewed by, and nothing else", async () => {
  const company = await newCompany(cognito);
  const { admin, domain, provider, tenantId } = company;
  const other = `${tenantId}-2.example`;
  await proveOwn(company, other);
  const { id: linked } = await newPoolUser(cognito, tenantId, { email: `zoe@${other}` });
  const zoe = company.person({ email: `zoe@${other}` });
  expect((await come(provider, zoe)).result).toEqual({ linked: true });
  const arrivals = await Promise.all([
    come(provider, company.person({ email: `kim@${other}` })),
    come(provider, zoe),
    come(provider, company.person({ email: `bob@${domain}` })),
  ]);
  const [kim, again, bob] = arrivals;
  expect(again.result).toMatchObject({ signedIn: { id: linked } });
  for (const { tokens } of arrivals) expect(await use(tokens)).toMatchObject({ tenantId });
  await removeDomain(admin, other, WHICHEVER);
  const refused = { code: "single_sign_on_refused" };
  for (const { tokens, result } of [kim, again]) {
    if (!("signedIn" in result)) throw new Error("was not let in");
    await expect(use(tokens)).rejects.toMatchObject(refused);
    const { sub, username } = decodeJwt(tokens.accessToken);
    const renewed = await refreshTokens(String(tokens.refreshToken), String(username ?? sub), "web");
    await expect(use(renewed)).rejects.toMatchObject(refused);
    await expect(requireServedUser(unverifiedOwner(renewed))).rejects.toMatchObject(refused);
  }
  expect(await use(bob.tokens)).toMatchObject({ tenantId });
  const { rows } = await listAudit(admin, { limit: 1, action: "single_sign_on.domain_removed" });
  expect(rows).toMatchObject([{ subject: { id: other }, detail: { users: 2 } }]);
  // Nor does it help that the domain counts again, as another tenant's.
  await proveOwn(await newCompany(cognito), other);
  await expect(use(kim.tokens)).rejects.toMatchObject(refused);
});

test.each([
  { email: "zoe@elsewhere.example" },
  { email: `zoe@sub.x.example` },
  { email_verified: false },
  { email_verified: "false" },
  { email_verified: undefined },
])("an address that does not count lets nobody in: %j", async (claims) => {
  const company = await newCompany(cognito);
  const person = company.person(claims);
  const { result, tokens } = await come(company.provider, person);
  expect(result).toEqual(refusal("single_sign_on_refused"));
  await expect(use(tokens)).rejects.toMatchObject({ code: "single_sign_on_refused" });
  // And leaves nobody in the pool.
  const { Users } = await cognito.sdk.listUsers({
    UserPoolId: cognito.UserPoolId,
    Filter: `email = "${person.email}"`,
  });
  expect(Users).toEqual([]);
});

test("an account of the same tenant with the same verified address is linked, told, and comes in as itself", async () => {
  const company = await newCompany(cognito);
  const email = `zoe@${company.domain}`;
  const { id } = await newPoolUser(cognito, company.tenantId, { email, groups: ["admin"] });
  const person = company.person({ email });
  expect((await come(company.provider, person)).result).toEqual({ linked: true });
  expect(told).toContain(`${company.tenantId} ${id}`);
  const { result, tokens } = await come(company.provider, person);
  expect(result).toMatchObject({ signedIn: { id, name: email } });
  expect(await use(tokens)).toMatchObject({ tenantId: company.tenantId, role: "admin" });
  // The password is nobody's.
  expect(await password(email)).toEqual(refusal("invalid_credentials"));
  await company.change({ state: "off" });
  await expect(use(tokens)).rejects.toMatchObject({ code: "single_sign_on_refused" });
});

test.each(["AdminDeleteUser", "AdminSetUserPassword", "AdminLinkProviderForUser"])(
  "linking that broke off at %s is finished when its owner comes again",
  async (target) => {
    const company = await newCompany(cognito);
    const email = `zoe@${company.domain}`;
    const { id } = await newPoolUser(cognito, company.tenantId, { email });
    const person = company.person({ email });
    const order = JSON.stringify({ target, kind: "error", times: 3 });
    await fetch(`${cognito.url}/_local/faults`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: order,
    });
    await expect(come(company.provider, person)).rejects.toMatchObject({ code: "cognito_unavailable" });
    expect((await come(company.provider, person)).result).toEqual({ linked: true });
    expect((await come(company.provider, person)).result).toMatchObject({ signedIn: { id } });
    expect(await password(email)).toEqual(refusal("invalid_credentials"));
  },
);

test("who is linked recovers no password, neither here, where nobody is told so, nor on Cognito's own pages", async () => {
  const company = await newCompany(cognito);
  const { COGNITO_WEB_CLIENT_ID: ClientId } = cognito.environment;
  const emails = ["linked", "other"].map((name) => `${name}@${company.domain}`);
  for (const email of emails) await newPoolUser(cognito, company.tenantId, { email });
  const [linked = "", other = ""] = emails;
  await come(company.provider, company.person({ email: linked }));
  const mails = async (to: string) => {
    const answer = await fetch(`${cognito.url}/_local/messages?to=${encodeURIComponent(to)}`);
    return ((await answer.json()) as { messages: unknown[] }).messages.length;
  };
  for (const email of [...emails, `nobody@${company.domain}`]) {
    expect(await forgotPassword(new Headers(), { email }), email).toBeUndefined();
  }
  await expect(cognito.sdk.forgotPassword({ ClientId, Username: linked })).rejects.toThrow("single sign-on");
  expect([await mails(linked), await mails(other)]).toEqual([0, 1]);
});

test("an address that the provider gives to somebody else does not lead to the account of who is linked", async () => {
  const company = await newCompany(cognito);
  const email = `zoe@${company.domain}`;
  const { id } = await newPoolUser(cognito, company.tenantId, { email, groups: ["admin"] });
  const first = company.person({ email });
  expect((await come(company.provider, first)).result).toEqual({ linked: true });
  const { result } = await come(company.provider, company.person({ email }));
  expect(result).toMatchObject({ signedIn: { id: expect.not.stringMatching(id) } });
  expect((await come(company.provider, first)).result).toMatchObject({ signedIn: { id } });
});

test("letters that only become those of an address when they are made small are of another one", async () => {
  const company = await newCompany(cognito);
  const { id } = await newPoolUser(cognito, company.tenantId, { email: `kate@${company.domain}` });
  const { result } = await come(company.provider, company.person({ email: `\u212aate@${company.domain}` }));
  expect(result).not.toHaveProperty("linked");
  expect(result).not.toMatchObject({ signedIn: { id } });
  const kelvin = company.person({ email: `zoe@${company.domain.replace(".example", ".\u212aexample")}` });
  expect((await come(company.provider, kelvin)).result).toEqual(refusal("single_sign_on_refused"));
});

test("an account of another tenant, an unverified one, a disabled one, an operator's and the emergency administrator's are not", async () => {
  const company = await newCompany(cognito);
  const email = () => `${randomUUID().slice(0, 8)}@${company.domain}`;
  const { tenantId } = company;
  const emergency = { email: email() };
  const { id: emergency_sub } = await newPoolUser(cognito, tenantId, { ...emergency, groups: ["admin"] });
  await company.change({ emergency_sub });
  const operator = { email: email() };
  await newPoolUser(cognito, tenantId, { ...operator, groups: ["operator"] });
  const other = { email: email() };
  await newPoolUser(cognito, "globex", other);
  const unverified = { email: email() };
  await newPoolUser(cognito, tenantId, { ...unverified, attributes: { email_verified: "false" } });
  const disabled = { email: email() };
  await newPoolUser(cognito, tenantId, disabled);
  await cognito.sdk.adminDisableUser({ UserPoolId: cognito.UserPoolId, Username: disabled.email });
  for (const claims of [emergency, operator, other, unverified, disabled]) {
    const { result, tokens } = await come(company.provider, company.person(claims));
    expect(result, claims.email).toHaveProperty("signedIn");
    expect(decodeJwt(tokens.accessToken).username).toMatch(/^sso-/);
  }
  expect(await password(other.email)).toHaveProperty("signedIn");
  expect(await password(emergency.email)).toHaveProperty("signedIn");
});

test("required, nobody of the tenant comes in but by the provider, sessions of before included; but for one administrator", async () => {
  const company = await newCompany(cognito);
  const { tenantId } = company;
  const chief = `chief@${company.domain}`;
  const bob = `bob@${company.domain}`;
  const { id: emergency_sub } = await newPoolUser(cognito, tenantId, { email: chief, groups: ["admin"] });
  await newPoolUser(cognito, tenantId, { email: bob });
  const outsider = { email: `contractor-${randomUUID().slice(0, 8)}@people.example` };
  await newPoolUser(cognito, tenantId, outsider);
  const { tokensOf } = await import("../../infra/local/testing/cognito-user");
  const before = await tokensOf(bob);
  expect(await use(before)).toMatchObject({ tenantId });
  await expect(company.change({ state: "required" })).rejects.toMatchObject({ code: "conflict" });
  await company.change({ state: "required", emergency_sub });
  await expect(use(before)).rejects.toMatchObject({ code: "single_sign_on_required" });
  for (const email of [bob, `nobody@${company.domain}`, outsider.email]) {
    expect(await password(email), email).toEqual(refusal("single_sign_on_required"));
  }
  const wrong = await signInBrowser(browser, { email: chief, password: "Wr0ng!password" });
  expect(wrong).toEqual(refusal("single_sign_on_required"));
  expect(await password(chief)).toHaveProperty("signedIn");
  const { result, tokens } = await come(company.provider, company.person());
  expect(result).toHaveProperty("signedIn");
  expect(await use(tokens)).toMatchObject({ tenantId });
  // Who is linked comes in by the provider alone, and their password signs in nowhere.
  const { result: linked } = await come(company.provider, company.person({ email: bob }));
  expect(linked).toEqual({ linked: true });
  await company.change({ state: "on" });
  expect(await password(outsider.email)).toHaveProperty("signedIn");
});
