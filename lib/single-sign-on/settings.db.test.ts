import { randomUUID } from "node:crypto";
import { expect, test, vi } from "vitest";
import { newPoolUser } from "../../infra/local/testing/cognito-user";
import { newCompany, proveOwn } from "../../infra/local/testing/company";
import { provideCognito } from "../../infra/local/testing/provide-cognito";
import { signInAtProvider } from "../../infra/local/testing/provider-sign-in";
import { signIn } from "../../infra/local/testing/sign-in";
import { makeTenant } from "../../infra/local/testing/tenant";
import { listAudit } from "../audit/list-audit";
import { beginSignIn } from "../auth/endings/sign-in-order";
import { type Browser, enterFromHostedUi } from "../auth/sign-in/browser-sign-in";
import { acceptedOf } from "../auth/single-sign-on/accepted-users";
import { finishTest } from "../auth/single-sign-on/finish-test";
import { anySingleSignOn, signInWayOf } from "../auth/single-sign-on/sign-in-way";
import { requireServedUser } from "../auth/tenancy/served";
import type { TenantContext } from "../auth/tenancy/tenant";
import { withDatabase } from "../db/client";
import { WHICHEVER } from "../db/expected-version";
import { withLease } from "../db/lease";
import { auditEvents, singleSignOns } from "../db/schema";
import { readTenant, withTenant } from "../db/with-tenant";
import { changeMember } from "../members/change-member";
import { inviteMember } from "../members/invite-member";
import { listMembers } from "../members/list-members";
import { readMember } from "../members/read-member";
import { removeMember } from "../members/remove-member";
import { resetMemberFactors, resetMemberPassword } from "../members/reset-member";
import { allowPasswords } from "../platform/allow-passwords";
import { deleteTenant } from "../platform/delete-tenant";
import { BY_COMMAND, platformRecordOf } from "../platform/platform-record";
import { addDomain } from "./add-domain";
import { changeSingleSignOn } from "./change-single-sign-on";
import { proveDomain } from "./prove-domain";
import { readSingleSignOn } from "./read-single-sign-on";
import { removeDomain } from "./remove-domain";
import { removeSingleSignOn } from "./remove-single-sign-on";
import { restoreOffers } from "./restore-offers";
import { findRow } from "./rows";
import { PROVIDERS_LEASE, saveProvider } from "./save-provider";

const cognito = await provideCognito({}, { mockIdp: {} });
const { sdk, UserPoolId } = cognito;

const browser: Browser = {
  jar: { get: () => undefined, set: () => undefined },
  headers: new Headers(),
  observer: {
    signedIn: async () => undefined,
    refused() {},
    linked: async () => undefined,
    recovered: async () => undefined,
    accountChanged: async () => undefined,
    signedOut: async () => undefined,
  },
};

const newId = () => `t${randomUUID().slice(0, 8)}`;
const adminOf = (tenantId = newId()) => makeTenant({ tenantId, groups: ["admin"] });
const oidc = (issuer: string, client_secret?: string) => ({
  kind: "oidc" as const,
  issuer,
  client_id: "sekisho",
  scopes: "openid email",
  says_verified: true,
  ...(client_secret !== undefined && { client_secret }),
});
const at = (name: string) => `${cognito.url}/_idp/${name}`;
const providerAt = async (ProviderName: string) =>
  (await sdk.describeIdentityProvider({ UserPoolId, ProviderName })).IdentityProvider;
const offered = async () => {
  const { COGNITO_WEB_CLIENT_ID: ClientId } = cognito.environment;
  return (await sdk.describeUserPoolClient({ UserPoolId, ClientId })).UserPoolClient;
};
const none = async () => [];

test("a provider is told its secret and keeps it; nobody is shown it again, and nothing of ours has it", async () => {
  const admin = adminOf();
  const secret = `secret-${randomUUID()}`;
  const before = await offered();
  const saved = await saveProvider(admin, oidc(at("one"), secret), WHICHEVER);
  expect(saved).toMatchObject({ provider: { has_secret: true }, is_settled: true, state: "off" });
  await saveProvider(admin, { ...oidc(at("one")), scopes: "openid email profile" }, WHICHEVER);
  const provider = await providerAt(`sso-${admin.tenantId}`);
  expect(provider?.ProviderDetails?.client_secret).toBe(secret);
  expect(provider?.AttributeMapping).toEqual({
    email: "email",
    name: "name",
    email_verified: "email_verified",
    username: "sub",
  });
  const rows = await withTenant(admin.tenantId, async (tx) => [
    await tx.select().from(singleSignOns),
    await tx.select().from(auditEvents),
  ]);
  expect(JSON.stringify([rows, await readSingleSignOn(admin)])).not.toContain(secret);
  // Another client, or another issuer, is not told it.
  const other = await saveProvider(admin, oidc(at("another")), WHICHEVER);
  expect(other.provider).toMatchObject({ has_secret: false });
  // Of the Hosted UI's client nothing else has changed.
  const { SupportedIdentityProviders, LastModifiedDate: _, ...after } = (await offered()) ?? {};
  expect(SupportedIdentityProviders).toContain(`sso-${admin.tenantId}`);
  expect(before).toMatchObject(after);
});

test("what Cognito cannot use is told, and nothing has changed; what breaks off is finished by the same again", async () => {
  const admin = adminOf();
  await saveProvider(admin, oidc(at("one"), "s"), WHICHEVER);
  const before = await readSingleSignOn(admin);
  const wrong = { kind: "saml" as const, metadata: "<none/>" };
  await expect(saveProvider(admin, wrong, WHICHEVER)).rejects.toMatchObject({
    code: "invalid_request",
    fields: [{ field: "metadata", code: "provider_refused" }],
  });
  const { version: _, ...as } = before;
  expect(await readSingleSignOn(admin)).toMatchObject(as);
  expect(await providerAt(`sso-${admin.tenantId}`)).toMatchObject({
    ProviderType: "OIDC",
    ProviderDetails: { oidc_issuer: at("one"), client_secret: "s" },
    AttributeMapping: { email: "email", name: "name" },
  });
  cognito.weather = "failing";
  await expect(saveProvider(admin, oidc(at("one")), WHICHEVER)).rejects.toMatchObject({
    code: "cognito_unavailable",
  });
  cognito.weather = "fine";
  expect(await readSingleSignOn(admin)).toMatchObject({ is_settled: false, tested_at: null });
  // Meanwhile a domain counts all the same.
  await proveOwn({ admin }, `${admin.tenantId}.example`);
  expect(await saveProvider(admin, oidc(at("one"), "s"), WHICHEVER)).toMatchObject({
    is_settled: true,
    provider: before.provider,
  });
});

test("two who save at once do not take each other's provider out of the client's list", async () => {
  const admins = [adminOf(), adminOf()];
  await Promise.all(admins.map((admin) => saveProvider(admin, oidc(at("one")), WHICHEVER)));
  const names = admins.map(({ tenantId }) => `sso-${tenantId}`);
  expect((await offered())?.SupportedIdentityProviders).toEqual(expect.arrayContaining(names));
});

test("a web client that was made anew lets people in by every tenant's provider again", async () => {
  const companies = [await newCompany(cognito), await newCompany(cognito, { isOn: false })];
  const { COGNITO_WEB_CLIENT_ID: ClientId } = cognito.environment;
  const { ClientSecret: _, ...before } = (await offered()) ?? {};
  const ofOthers = "other";
  const ProviderDetails = { MetadataURL: `${at("other")}/metadata` };
  await sdk.createIdentityProvider({
    UserPoolId,
    ProviderName: ofOthers,
    ProviderType: "SAML",
    ProviderDetails,
  });
  await sdk.updateUserPoolClient({
    ...before,
    UserPoolId,
    ClientId,
    SupportedIdentityProviders: ["COGNITO"],
  });
  await restoreOffers();
  const { SupportedIdentityProviders, LastModifiedDate: _at, ...after } = (await offered()) ?? {};
  const names = companies.map(({ provider }) => provider);
  expect(SupportedIdentityProviders).toEqual(expect.arrayContaining(["COGNITO", ...names]));
  expect(SupportedIdentityProviders).not.toContain(ofOthers);
  expect(before).toMatchObject(after);
});

test.each([`t${"a".repeat(28)}`, "with_an_underscore"])(
  "a tenant called %s can have no provider, and is told why",
  async (tenantId) => {
    await expect(saveProvider(adminOf(tenantId), oidc(at("one")), WHICHEVER)).rejects.toMatchObject({
      code: "conflict",
      detail: expect.stringContaining("28 characters"),
    });
  },
);

test("a version that has gone by is refused, whatever is to be done", async () => {
  const admin = adminOf();
  const { version } = await addDomain(admin, "one.example", WHICHEVER);
  const old = { oneOf: [version - 1], noneOf: [] };
  const gone = { code: "precondition_failed" };
  await expect(saveProvider(admin, oidc(at("one")), old)).rejects.toMatchObject(gone);
  await expect(addDomain(admin, "two.example", old)).rejects.toMatchObject(gone);
  await expect(removeDomain(admin, "one.example", old)).rejects.toMatchObject(gone);
  await expect(changeSingleSignOn(admin, { newcomer_role: "member" }, old)).rejects.toMatchObject(gone);
  await expect(removeSingleSignOn(admin, old)).rejects.toMatchObject(gone);
  expect(await readSingleSignOn(admin)).toMatchObject({ version, provider: null });
});

test("a domain counts once its record is seen, and for one tenant alone", async () => {
  const [one, other] = [adminOf(), adminOf()];
  const domain = `${newId()}.example`;
  const named = await addDomain(one, domain, WHICHEVER);
  const record = named.domains[0]?.record;
  expect(record?.name).toBe(`_sekisho-challenge.${domain}`);
  await expect(proveDomain(one, domain, none)).rejects.toMatchObject({ code: "domain_unproved" });
  // Another tenant's token proves nothing here.
  const stolen = (await addDomain(other, domain, WHICHEVER)).domains[0]?.record.value ?? "";
  await expect(proveDomain(one, domain, async () => [stolen, "v=spf1 -all"])).rejects.toMatchObject({
    code: "domain_unproved",
  });
  const proved = await proveDomain(one, domain, async () => ["v=spf1 -all", record?.value ?? ""]);
  expect(proved.domains).toMatchObject([{ domain, proved_by: "dns" }]);
  await expect(proveDomain(other, domain, async () => [stolen])).rejects.toMatchObject({
    code: "domain_taken",
  });
  await expect(proveDomain(other, "never-named.example", none)).rejects.toMatchObject({
    code: "not_found",
  });
  await removeDomain(one, domain, WHICHEVER);
  // With the quotes of a zone file, which some put into the form of their name server.
  expect((await proveDomain(other, domain, async () => [` "${stolen}" `])).domains).toMatchObject([
    { proved_by: "dns" },
  ]);
});

test("it is switched on only with a provider that was tested as it is, and a domain", async () => {
  const company = await newCompany(cognito, { isOn: false });
  const { admin, domain } = company;
  await removeDomain(admin, domain, WHICHEVER);
  const untested = { code: "single_sign_on_untested" };
  await expect(company.change({ state: "on" })).rejects.toMatchObject(untested);
  await proveOwn(company, domain);
  await company.change({ state: "on" });
  await expect(removeDomain(admin, domain, WHICHEVER)).rejects.toMatchObject({ code: "conflict" });
  await expect(removeSingleSignOn(admin, WHICHEVER)).rejects.toMatchObject({ code: "conflict" });
  await expect(saveProvider(admin, oidc(at("another")), WHICHEVER)).rejects.toMatchObject({
    code: "conflict",
  });
  await company.change({ state: "off" });
  await saveProvider(admin, oidc(at(company.tenantId), "new"), WHICHEVER);
  await expect(company.change({ state: "on" })).rejects.toMatchObject(untested);
  expect(await readSingleSignOn(admin)).toMatchObject({ state: "off", tested_as: null });
});

test("a test says who came, signs nobody in and leaves nobody; one of other settings says nothing", async () => {
  const company = await newCompany(cognito, { isOn: false });
  const { admin, provider, tenantId } = company;
  const { tested_as } = await readSingleSignOn(admin);
  const { providerVersion: version } = await readTenant(tenantId, (reads) => findRow(reads, tenantId));
  expect(tested_as?.email).toMatch(new RegExp(`@${company.domain}$`));
  const test = { sub: admin.principal.sub, tenantId, version: version - 1 };
  const person = company.person();
  const come = () => signInAtProvider({ identity_provider: provider }, person);
  expect(await finishTest(test, await come(), "192.0.2.1")).toBe("changed");
  const { Users } = await sdk.listUsers({ UserPoolId, Filter: `email = "${person.email}"` });
  expect(Users).toEqual([]);
  // What is set besides the provider makes no other one of it.
  await company.change({ newcomer_role: "admin" });
  expect(await finishTest({ ...test, version }, await come(), "192.0.2.1")).toBe("passed");
  // Somebody else's provider is no test of this one.
  const other = await newCompany(cognito);
  const others = await signInAtProvider({ identity_provider: other.provider }, other.person());
  expect(await finishTest({ ...test, version }, others, "192.0.2.1")).toBe("other_way");
});

test("the emergency administrator is one of the tenant with a password, and stays while it is required", async () => {
  const company = await newCompany(cognito);
  const { admin, tenantId, domain } = company;
  const unfit = [
    randomUUID(),
    (await newPoolUser(cognito, tenantId)).id,
    (await newPoolUser(cognito, "globex", { groups: ["admin"] })).id,
    (await newPoolUser(cognito, tenantId, { groups: ["admin"], isInvited: true })).id,
    (await newPoolUser(cognito, tenantId, { groups: ["admin", "operator"] })).id,
  ];
  for (const emergency_sub of unfit) {
    await expect(company.change({ emergency_sub })).rejects.toMatchObject({ code: "conflict" });
  }
  const { id: emergency_sub } = await newPoolUser(cognito, tenantId, { groups: ["admin"] });
  await company.change({ emergency_sub, state: "required" });
  await expect(company.change({ emergency_sub: null })).rejects.toMatchObject({ code: "conflict" });
  const gone = { code: "conflict" };
  await expect(removeMember(admin, emergency_sub)).rejects.toMatchObject(gone);
  await expect(resetMemberPassword(admin, emergency_sub)).rejects.toMatchObject(gone);
  for (const email of [`new@${domain}`, `${randomUUID()}@people.example`]) {
    await expect(inviteMember(admin, { email, role: "member" })).rejects.toMatchObject({
      code: "single_sign_on_required",
    });
  }
});

test.each<[string, (admin: TenantContext, id: string) => Promise<unknown>]>([
  ["is no administrator any more", (admin, id) => changeMember(admin, id, { role: "member" })],
  ["is disabled", (admin, id) => changeMember(admin, id, { status: "disabled" })],
  ["is gone", (admin, id) => removeMember(admin, id)],
  ["has no password", (admin, id) => resetMemberPassword(admin, id)],
])(
  "an emergency administrator who was named before and %s is none when it is required",
  async (_, change) => {
    const company = await newCompany(cognito);
    const { id: emergency_sub } = await newPoolUser(cognito, company.tenantId, { groups: ["admin"] });
    await company.change({ emergency_sub });
    await change(company.admin, emergency_sub);
    await expect(company.change({ state: "required" })).rejects.toMatchObject({ code: "conflict" });
    expect(await readSingleSignOn(company.admin)).toMatchObject({ state: "on" });
  },
);

test("of those who save and remove a provider at once, Cognito has the one that is shown", async () => {
  const admin = adminOf();
  await saveProvider(admin, oidc(at("none")), WHICHEVER);
  const names = ["one", "two", "three", "four"];
  const saved = names.map((name) => saveProvider(admin, oidc(at(name)), WHICHEVER));
  await Promise.allSettled([...saved, removeSingleSignOn(admin, WHICHEVER)]);
  const { provider, is_settled } = await readSingleSignOn(admin);
  const shown = provider?.kind === "oidc" ? provider.issuer : undefined;
  const there = await providerAt(`sso-${admin.tenantId}`).catch(() => undefined);
  expect([shown, "unsettled"]).toContain(is_settled ? there?.ProviderDetails?.oidc_issuer : "unsettled");
  // Whatever broke off is finished by the same once more.
  expect(await saveProvider(admin, oidc(at("five")), WHICHEVER)).toMatchObject({ is_settled: true });
});

test("a save is not overtaken by what is changed besides the provider, and neither is a removal", async () => {
  const admin = adminOf();
  const meanwhile = async (work: () => Promise<unknown>) => {
    let worked = Promise.resolve<unknown>(null);
    await withLease(PROVIDERS_LEASE, async () => {
      worked = work();
      await vi.waitFor(
        async () => expect(await readSingleSignOn(admin)).toMatchObject({ is_settled: false }),
        { timeout: 10_000 },
      );
      await changeSingleSignOn(admin, { newcomer_role: "admin" }, WHICHEVER);
      await addDomain(admin, `${newId()}.example`, WHICHEVER);
    });
    await worked;
    return readSingleSignOn(admin);
  };
  const saved = await meanwhile(() => saveProvider(admin, oidc(at("one")), WHICHEVER));
  expect(saved).toMatchObject({ is_settled: true, provider: { issuer: at("one") }, newcomer_role: "admin" });
  const removed = await meanwhile(() => removeSingleSignOn(admin, WHICHEVER));
  expect(removed).toMatchObject({ is_settled: true, provider: null, newcomer_role: "admin" });
});

test("where nobody gets in any more, the platform has passwords count again, on both records", async () => {
  const company = await newCompany(cognito);
  const { admin, tenantId } = company;
  await expect(allowPasswords(BY_COMMAND, tenantId)).rejects.toMatchObject({ code: "conflict" });
  const { id: emergency_sub } = await newPoolUser(cognito, tenantId, { groups: ["admin"] });
  const { principal } = await signIn((await newPoolUser(cognito, tenantId)).email);
  await company.change({ emergency_sub, state: "required" });
  await expect(requireServedUser(principal)).rejects.toMatchObject({ code: "single_sign_on_required" });
  await allowPasswords(BY_COMMAND, tenantId);
  await requireServedUser(principal);
  expect(await readSingleSignOn(admin)).toMatchObject({ state: "on" });
  expect((await platformRecordOf(tenantId)).map(({ action }) => action)).toEqual(["passwords.allowed"]);
  const { rows } = await listAudit(admin, { limit: 1 });
  expect(rows).toMatchObject([{ action: "single_sign_on.changed", actor: null, detail: { state: "on" } }]);
});

test("by which way an address comes in follows from its domain alone", async () => {
  const company = await newCompany(cognito, { isOn: false });
  const of = (domain: string) => signInWayOf(`nobody@${domain}`);
  expect(await of(company.domain)).toEqual({ way: "password" });
  await company.change({ state: "on" });
  expect(await of(company.domain)).toEqual({ way: "single_sign_on", identifier: company.domain });
  expect(await of(company.domain.toUpperCase())).toMatchObject({ way: "single_sign_on" });
  for (const domain of [`sub.${company.domain}`, `x${company.domain}`, "nobody.example"]) {
    expect(await of(domain), domain).toEqual({ way: "password" });
  }
  expect(await anySingleSignOn()).toBe(true);
});

test("removed, or with the tenant, the provider is gone with whoever came by it; another one in its place has none of them", async () => {
  const company = await newCompany(cognito);
  const { admin, provider, tenantId } = company;
  const come = async (person = company.person()) => {
    const tokens = await signInAtProvider({ identity_provider: provider }, person);
    return enterFromHostedUi(browser, tokens, await beginSignIn());
  };
  const of = async () =>
    (await sdk.listUsers({ UserPoolId })).Users?.filter(({ Username }) => Username?.startsWith(provider));
  expect(await come()).toHaveProperty("signedIn");
  expect(await acceptedOf(tenantId)).toHaveLength(1);
  await company.change({ state: "off" });
  await saveProvider(admin, oidc(at(`${tenantId}-2`)), WHICHEVER);
  expect([await acceptedOf(tenantId), await of()]).toEqual([[], []]);
  await removeSingleSignOn(admin, WHICHEVER);
  expect(await readSingleSignOn(admin)).toMatchObject({ provider: null, domains: [{}] });
  await expect(providerAt(provider)).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  expect((await offered())?.SupportedIdentityProviders).not.toContain(provider);

  const deleted = await newCompany(cognito);
  const person = deleted.person();
  const tokens = await signInAtProvider({ identity_provider: deleted.provider }, person);
  expect(await enterFromHostedUi(browser, tokens, await beginSignIn())).toHaveProperty("signedIn");
  await deleteTenant(BY_COMMAND, deleted.tenantId);
  await expect(providerAt(deleted.provider)).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  expect(await acceptedOf(deleted.tenantId)).toEqual([]);
  expect(await signInWayOf(`x@${deleted.domain}`)).toEqual({ way: "password" });
  const others = adminOf();
  const { domains } = await addDomain(others, deleted.domain, WHICHEVER);
  await proveDomain(others, deleted.domain, async () => [domains[0]?.record.value ?? ""]);
});

test("the list of members says by which way each comes in, as it is now", async () => {
  const company = await newCompany(cognito);
  const { admin, provider, tenantId, domain } = company;
  const come = async (person: ReturnType<typeof company.person>) =>
    enterFromHostedUi(
      browser,
      await signInAtProvider({ identity_provider: provider }, person),
      await beginSignIn(),
    );
  const ways = async () => {
    const { rows } = await listMembers(admin, { limit: 10, sort: "name" });
    return Object.fromEntries(rows.map(({ email, signs_in_by }) => [email.split("@")[0], signs_in_by]));
  };
  for (const name of ["bob", "zoe"]) await newPoolUser(cognito, tenantId, { email: `${name}@${domain}` });
  expect(await ways()).toMatchObject({ bob: "password", zoe: "password" });
  expect(await come(company.person({ email: `zoe@${domain}` }))).toEqual({ linked: true });
  const kim = await come(company.person({ email: `kim@${domain}` }));
  if (!("signedIn" in kim)) throw new Error("Kim was not let in");
  expect(await ways()).toMatchObject({ bob: "password", zoe: "single_sign_on" });
  // As the pool has them, who is linked and who was made by the provider.
  for (const { sub } of await acceptedOf(tenantId)) {
    expect(await readMember(admin, sub)).toMatchObject({ signs_in_by: "single_sign_on" });
  }
  expect(Object.values(await ways()).filter((way) => way === "single_sign_on")).toHaveLength(2);
  await company.change({ state: "off" });
  await removeSingleSignOn(admin, WHICHEVER);
  expect(new Set(Object.values(await ways()))).toEqual(new Set(["password"]));
});

test("who came by the provider is read, given a role, disabled and removed as every other member is", async () => {
  const company = await newCompany(cognito);
  const { admin, provider, tenantId, domain } = company;
  const person = company.person({ email: `kim@${domain}` });
  const come = async () =>
    enterFromHostedUi(
      browser,
      await signInAtProvider({ identity_provider: provider }, person),
      await beginSignIn(),
    );
  const result = await come();
  if (!("signedIn" in result)) throw new Error("Kim was not let in");
  const { id } = result.signedIn;
  expect(await readMember(admin, id)).toMatchObject({ id, role: "member", status: "active" });
  for (const reset of [resetMemberPassword, resetMemberFactors]) {
    await expect(reset(admin, id)).rejects.toMatchObject({ code: "conflict" });
  }
  expect(await changeMember(admin, id, { role: "admin" })).toMatchObject({ role: "admin" });
  expect(await changeMember(admin, id, { status: "disabled" })).toMatchObject({ status: "disabled" });
  await removeMember(admin, id);
  expect(await acceptedOf(tenantId)).toEqual([]);
  const { Users } = await sdk.listUsers({ UserPoolId, Filter: `sub = "${id}"` });
  expect(Users).toEqual([]);
  expect((await listMembers(admin, { limit: 10, q: "kim" })).rows).toEqual([]);
});

test("a tenant sees its own single sign-on alone", async () => {
  const company = await newCompany(cognito);
  const other = adminOf();
  const seen = await withTenant(other.tenantId, async (tx) => tx.select().from(singleSignOns));
  expect(seen).toEqual([]);
  expect(await readSingleSignOn(other)).toMatchObject({ provider: null, domains: [] });
  const bySession = withDatabase((db) => db.select().from(singleSignOns));
  await expect(bySession).rejects.toThrow();
  expect(await readSingleSignOn(company.admin)).toMatchObject({ state: "on" });
});
