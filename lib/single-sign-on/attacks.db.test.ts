import { decodeJwt } from "jose";
import { beforeAll, describe, expect, test } from "vitest";
import { poolSettings, webClient } from "../../infra/local/pool-shape";
import { newPoolUser } from "../../infra/local/testing/cognito-user";
import { type Company, newCompany } from "../../infra/local/testing/company";
import { provideCognito } from "../../infra/local/testing/provide-cognito";
import { type Person, signInAtProvider } from "../../infra/local/testing/provider-sign-in";
import { identify } from "../auth/access/identify";
import { unverifiedOwner } from "../auth/access/principal";
import { beginSignIn } from "../auth/endings/sign-in-order";
import { type Browser, enterFromHostedUi } from "../auth/sign-in/browser-sign-in";
import { acceptedOf, findAccepted } from "../auth/single-sign-on/accepted-users";
import { enterTenant } from "../auth/tenancy/enter-tenant";
import { resolveTenant } from "../auth/tenancy/tenant";
import type { Tokens } from "../cognito/sign-in";
import { WHICHEVER } from "../db/expected-version";
import { members, signInDomains, singleSignOns } from "../db/schema";
import { withTenant } from "../db/with-tenant";
import { rememberSignIn } from "../members/remember-sign-in";
import { addDomain } from "./add-domain";

const cognito = await provideCognito({}, { mockIdp: {} });
const { sdk, UserPoolId } = cognito;
const CLAIM = "custom:tenant_id";

const browser: Browser = {
  jar: { get: () => undefined, set: () => undefined },
  headers: new Headers(),
  observer: {
    signedIn: rememberSignIn,
    refused() {},
    linked: async () => undefined,
    recovered: async () => undefined,
    accountChanged: async () => undefined,
    signedOut: async () => undefined,
  },
};

/** The attackers run the providers of their own tenants. The victim's tenant has one as well. */
let attackers: Record<"oidc" | "saml", Company>;
let victim: Company;
let chief: { id: string; email: string };
let worker: { id: string; email: string };
let idle: Company;
beforeAll(async () => {
  attackers = {
    oidc: await newCompany(cognito, { kind: "oidc" }),
    saml: await newCompany(cognito, { kind: "saml" }),
  };
  victim = await newCompany(cognito);
  idle = await newCompany(cognito, { isOn: false });
  chief = await newPoolUser(cognito, victim.tenantId, {
    email: `chief@${victim.domain}`,
    groups: ["admin"],
  });
  // Of the victim's tenant, with an address of an attacker's domain.
  worker = await newPoolUser(cognito, victim.tenantId, { email: `worker@${attackers.oidc.domain}` });
  const person = victim.person({ sub: "zoe", email: `zoe@${victim.domain}` });
  const tokens = await signInAtProvider({ identity_provider: victim.provider }, person);
  expect(await enterFromHostedUi(browser, tokens, await beginSignIn())).toHaveProperty("signedIn");
  for (const attacker of Object.values(attackers)) await addDomain(attacker.admin, victim.domain, WHICHEVER);
});

/** All there is of the victim, here and at Cognito. */
async function holdings(): Promise<unknown> {
  const rows = await withTenant(victim.tenantId, async (tx) => [
    await tx.select().from(members),
    await tx.select().from(singleSignOns),
    await tx.select().from(signInDomains),
  ]);
  const { Users = [] } = await sdk.listUsers({ UserPoolId });
  const own = Users.filter(
    ({ Username, Attributes }) =>
      Username?.startsWith(`${victim.provider}_`) ||
      [chief.id, worker.id].includes(Username ?? "") ||
      Attributes?.some(({ Name, Value }) => Name === "sub" && [chief.id, worker.id].includes(Value ?? "")),
  ).map(({ Username, Attributes, Enabled, UserStatus }) => ({ Username, Attributes, Enabled, UserStatus }));
  expect(own.length).toBeGreaterThanOrEqual(3);
  return [rows, own, await acceptedOf(victim.tenantId)];
}

/** How a pool is made: as Terraform makes it, or less carefully. */
type Pool = "as it is" | "without the trigger" | "with the tenant mapped" | "with it mapped, and no trigger";
const POOLS: Pool[] = [
  "as it is",
  "without the trigger",
  "with the tenant mapped",
  "with it mapped, and no trigger",
];

async function setPool(pool: Pool): Promise<void> {
  const isTrigger = pool === "as it is" || pool === "with the tenant mapped";
  await sdk.updateUserPool({ UserPoolId, ...poolSettings({ preTokenGeneration: isTrigger }) });
  const isMapped = pool.includes("mapped");
  const { COGNITO_WEB_CLIENT_ID: ClientId } = cognito.environment;
  const { UserPoolClient } = await sdk.describeUserPoolClient({ UserPoolId, ClientId });
  const { ClientName: _, ...client } = webClient(UserPoolId, {});
  await sdk.updateUserPoolClient({
    ...client,
    ClientId,
    SupportedIdentityProviders: UserPoolClient?.SupportedIdentityProviders,
    WriteAttributes: ["email", "name", "preferred_username", ...(isMapped ? [CLAIM] : [])],
  });
  for (const { provider } of Object.values(attackers)) {
    const { IdentityProvider } = await sdk.describeIdentityProvider({ UserPoolId, ProviderName: provider });
    const { [CLAIM]: _mapped, ...mapping } = IdentityProvider?.AttributeMapping ?? {};
    await sdk.updateIdentityProvider({
      UserPoolId,
      ProviderName: provider,
      AttributeMapping: {
        ...mapping,
        ...(isMapped && { [CLAIM]: CLAIM, preferred_username: "preferred_username" }),
      },
    });
  }
}

const use = async (tokens: Tokens, named: string | null = null) =>
  enterTenant(
    await identify({ authorization: `Bearer ${tokens.accessToken}`, sessionCookie: undefined }),
    named,
  );

/**
 * Somebody comes with what the attacker's provider says of them. They are in the attacker's tenant, with the least that it
 * gives, or nowhere.
 *
 * @returns whether they were let in.
 */
async function attack(attacker: Company, person: Person): Promise<boolean> {
  const number = await beginSignIn();
  const tokens = await signInAtProvider({ identity_provider: attacker.provider }, person).catch(
    // Cognito itself refused it: nobody is in the pool by it.
    () => null,
  );
  if (tokens === null) return false;
  const claims = decodeJwt(tokens.accessToken);
  expect([attacker.tenantId, undefined]).toContain(claims[CLAIM]);
  expect(claims.username).toMatch(new RegExp(`^${attacker.provider}_`));
  const comer = unverifiedOwner(tokens);
  // With the code taken by themselves, at their first time.
  if (!(await findAccepted(comer.sub, attacker.tenantId))) {
    await expect(use(tokens)).rejects.toMatchObject({ status: 403 });
  }
  const result = await enterFromHostedUi(browser, tokens, number);
  const isIn = "signedIn" in result;
  if (!isIn) expect(result).toEqual({ refused: expect.objectContaining({ code: "single_sign_on_refused" }) });
  const byIdToken = await resolveTenant({ principal: comer, session: null }, null).catch(() => null);
  expect([attacker.tenantId, undefined]).toContain(byIdToken?.tenantId);
  if (isIn) {
    const tenant = await use(tokens);
    expect(tenant).toMatchObject({ tenantId: attacker.tenantId, isForeign: false });
    expect(["viewer", "member"]).toContain(tenant.role);
  } else await expect(use(tokens)).rejects.toMatchObject({ status: 403 });
  // Whatever they name, with whatever they have.
  for (const named of [victim.tenantId, idle.tenantId]) {
    await expect(use(tokens, named)).rejects.toMatchObject({ status: 403 });
  }
  return isIn;
}

const identities = (providerName: string, userId = "zoe") =>
  JSON.stringify([{ providerName, userId, providerType: "OIDC", primary: true, dateCreated: 1 }]);

/** What a provider can say besides the address, each as if it were somebody of the victim's tenant. */
const LIES: Record<string, () => Record<string, unknown>> = {
  "the tenant": () => ({ [CLAIM]: victim.tenantId }),
  "the tenant under other names": () => ({
    tenant: victim.tenantId,
    tenant_id: victim.tenantId,
    "custom:tenant": victim.tenantId,
    org: victim.tenantId,
  }),
  "the tenant, several times": () => ({ [CLAIM]: [attackers.oidc.tenantId, victim.tenantId] }),
  "no tenant": () => ({ [CLAIM]: "" }),
  "the group admin": () => ({ groups: ["admin"], "cognito:groups": ["admin"] }),
  "the group operator": () => ({ groups: ["operator"], "cognito:groups": ["operator"] }),
  "roles of every kind": () => ({
    role: "admin",
    roles: ["admin"],
    "cognito:roles": ["admin"],
    scope: "admin",
  }),
  "another's user name": () => ({ preferred_username: chief.email, username: chief.id }),
  "Cognito's user name": () => ({ "cognito:username": chief.id, username: `${victim.provider}_zoe` }),
  "another's identity": () => ({ identities: identities(victim.provider) }),
  "identities as a list": () => ({ identities: JSON.parse(identities(victim.provider)) }),
  "identities that cannot be read": () => ({ identities: "[{" }),
  "another's subject": () => ({ sub: "zoe" }),
  "another's subject by Cognito": () => ({ sub: chief.id }),
  "a subject like another provider's user": () => ({ sub: `x_${victim.provider}_zoe` }),
  "another's name": () => ({ name: "Chief of the victim", given_name: "Chief", family_name: "Victim" }),
  "a name that is markup": () => ({ name: "<script>alert(1)</script>\u202e" }),
  "another's phone": () => ({ phone_number: "+81312345678", phone_number_verified: true }),
  "what a token says": () => ({ token_use: "access", client_id: "x", origin_jti: "x", auth_time: 1 }),
  "times of its own": () => ({ auth_time: 1, updated_at: 1 }),
  "another's picture and profile": () => ({ picture: "https://x.example/a", profile: victim.tenantId }),
  scopes: () => ({ scope: "aws.cognito.signin.user.admin openid" }),
  "the prototype": () => JSON.parse(`{"__proto__":{"${CLAIM}":"x"},"constructor":"x"}`),
  "a verified address twice": () => ({ email_verified: [true, false] }),
};

/** Addresses that are not of the attacker's own domains, or only look like it. @param own their domain. */
const ADDRESSES: Record<string, (own: string) => Record<string, unknown>> = {
  "the victim's administrator": () => ({ email: chief.email }),
  "in capitals": () => ({ email: chief.email.toUpperCase() }),
  "somebody new of the victim": () => ({ email: `new@${victim.domain}` }),
  "who came by the victim's provider": () => ({ email: `zoe@${victim.domain}` }),
  "of a tenant that is switched off": () => ({ email: `new@${idle.domain}` }),
  "of nobody's domain": () => ({ email: "new@nobody.example" }),
  "of a public service": () => ({ email: "new@gmail.com" }),
  "of a domain below one's own": (own) => ({ email: `new@sub.${own}` }),
  "of a domain that ends like one's own": (own) => ({ email: `new@x${own}` }),
  "of a domain that begins like one's own": (own) => ({ email: `new@${own}.${victim.domain}` }),
  "with a dot at the end": (own) => ({ email: `new@${own}.` }),
  "with two @, the victim's last": (own) => ({ email: `new@${own}@${victim.domain}` }),
  quoted: (own) => ({ email: `"new@${own}"@${victim.domain}` }),
  "with a line break": (own) => ({ email: `new@${victim.domain}\n@${own}.x` }),
  "with a NUL": (own) => ({ email: `new@${own}\u0000.${victim.domain}` }),
  "with a filter of ListUsers": (own) => ({ email: `new" or email = "${chief.email}@${own}.x` }),
  "with letters that look alike": (own) => ({ email: `new@${own.replace("e", "\u0435")}` }),
  "with full-width letters": () => ({ email: `new\uff20${victim.domain}` }),
  "with a comment": (own) => ({ email: `new@${victim.domain}(@${own})` }),
  none: () => ({ email: undefined }),
  empty: () => ({ email: "" }),
  "no address at all": () => ({ email: "new" }),
  "a list of both": (own) => ({ email: [`new@${own}`, chief.email] }),
  "an object": () => ({ email: { value: chief.email } }),
  "a domain alone": (own) => ({ email: own }),
};

/** One's own address, where the provider says that nobody has verified it. A SAML provider says no such thing. */
const UNVERIFIED: Record<string, unknown> = {
  false: false,
  "false as a text": "false",
  no: "no",
  "0": 0,
  null: null,
  "a list": [false],
  nothing: undefined,
  "True of another": { value: true },
};

let cases = 0;
const isUntouched = async (work: () => Promise<void>) => {
  const before = await holdings();
  await work();
  expect(await holdings()).toEqual(before);
};

describe.each(POOLS)("in a pool %s", (pool) => {
  test.each(["oidc", "saml"] as const)(
    "a provider by %s gets nobody into another tenant, whatever it says of them",
    async (kind) => {
      await setPool(pool);
      const attacker = attackers[kind];
      await isUntouched(async () => {
        for (const [what, lie] of Object.entries(LIES)) {
          const isIn = await attack(attacker, attacker.person(lie()));
          // What only a careless pool takes over is refused altogether.
          if (pool === "as it is" && what !== "a verified address twice") expect(isIn, what).toBe(true);
          cases += 1;
        }
      });
    },
  );
});

test.each(["oidc", "saml"] as const)(
  "a provider by %s gets nobody in with an address that is not of its tenant's proved domains",
  async (kind) => {
    await setPool("as it is");
    const attacker = attackers[kind];
    await isUntouched(async () => {
      for (const [what, address] of Object.entries(ADDRESSES)) {
        for (const lie of [{}, { [CLAIM]: victim.tenantId, identities: identities(victim.provider) }]) {
          const person = attacker.person({ ...lie, ...address(attacker.domain) });
          expect(await attack(attacker, person), what).toBe(false);
          cases += 1;
        }
      }
    });
  },
);

test("an address that its provider has not verified gets nobody in, nor to an account that has it", async () => {
  const attacker = attackers.oidc;
  await isUntouched(async () => {
    for (const [what, email_verified] of Object.entries(UNVERIFIED)) {
      for (const email of [`new@${attacker.domain}`, worker.email]) {
        expect(await attack(attacker, attacker.person({ email, email_verified })), what).toBe(false);
        cases += 1;
      }
    }
  });
});

test("an account of another tenant with an address of one's domain is nobody's to link", async () => {
  const attacker = attackers.oidc;
  await isUntouched(async () => {
    expect(await attack(attacker, attacker.person({ email: worker.email }))).toBe(true);
    cases += 1;
  });
});

test("there were as many as there should be", () => {
  expect(cases).toBeGreaterThanOrEqual(300);
});
