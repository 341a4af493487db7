import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CognitoIdentityProvider } from "@aws-sdk/client-cognito-identity-provider";
import { afterEach, describe, expect, it } from "vitest";
import { oidc } from "../contract/federated";
import { answer, listOf, mapOf, PASSWORD, refresh, secretHash, signIn, tokensOf } from "../contract/pool";
import { invalidParameter } from "../contract/refusal";
import { totp } from "../contract/totp";
import { type RunningCognito, type Seed, type StartOptions, startCognito } from "../server";
import { Store } from "../store/store";
import { localClient, startTestCognito } from "../testing/cognito";
import { recordsOf } from "./apply";
import { EXPORTED } from "./export";
import { pathOf } from "./format";
import { SeedError } from "./seed";

const POOL = "eu-west-1_Demo1";
const SUB = "0b8a2f6e-5c3d-4b1a-9e7f-112233445566";
const SECRET = "JBSWY3DPEHPK3PXP";
const ARN = "arn:aws:lambda:eu-west-1:000000000000:function:x";

/** One of everything. */
const seed: Seed = {
  UserPools: [
    {
      Id: POOL,
      PoolName: "demo",
      UsernameAttributes: ["email"],
      UsernameConfiguration: { CaseSensitive: false },
      AutoVerifiedAttributes: ["email"],
      Schema: [
        { Name: "email", Required: true },
        { Name: "tenant_id", AttributeDataType: "String", StringAttributeConstraints: { MaxLength: "64" } },
        {
          Name: "level",
          AttributeDataType: "Number",
          NumberAttributeConstraints: { MaxValue: "9" },
          Mutable: false,
        },
      ],
      // Runs for nobody who is there from the beginning: there is no such trigger.
      LambdaConfig: { PreSignUp: ARN },
      UserPoolTags: { team: "items" },
      Mfa: { MfaConfiguration: "OPTIONAL", SoftwareTokenMfaConfiguration: { Enabled: true } },
      Domains: [{ Domain: "demo" }],
      ResourceServers: [
        {
          Identifier: "items",
          Name: "Items",
          Scopes: [{ ScopeName: "read", ScopeDescription: "Read items" }],
        },
      ],
      IdentityProviders: [
        {
          ...oidc("Okta", "http://127.0.0.1:9"),
          AttributeMapping: { email: "email", "custom:tenant_id": "org" },
          IdpIdentifiers: ["acme.example"],
        },
      ],
      Groups: [{ GroupName: "admin", Precedence: 0, Description: "They may all" }, { GroupName: "staff" }],
      Clients: [
        {
          ClientId: "web",
          ClientName: "Web app",
          ExplicitAuthFlows: ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
          WriteAttributes: ["email"],
          SupportedIdentityProviders: ["COGNITO", "Okta"],
        },
        {
          ClientId: "server1",
          ClientSecret: "a".repeat(52),
          SecondClientSecret: "b".repeat(52),
          SSOSession: { MaxValidityMinutes: 5 },
          ClientName: "Server",
          ExplicitAuthFlows: ["ALLOW_ADMIN_USER_PASSWORD_AUTH"],
          AllowedOAuthFlowsUserPoolClient: true,
          AllowedOAuthFlows: ["client_credentials"],
          AllowedOAuthScopes: ["items/read"],
        },
      ],
      SessionConfiguration: { UserSessionTracking: "ENABLED", TokenSession: { MaxPerUser: 7 } },
      LogDelivery: { LogConfigurations: [] },
      UserPoolTier: "PLUS",
      UserPoolAddOns: { AdvancedSecurityMode: "AUDIT" },
      RiskConfigurations: [
        { CompromisedCredentialsRiskConfiguration: { Actions: { EventAction: "BLOCK" } } },
        {
          ClientId: "web",
          CompromisedCredentialsRiskConfiguration: { Actions: { EventAction: "NO_ACTION" } },
        },
      ],
      Terms: [
        {
          ClientId: "web",
          TermsName: "terms-of-use",
          TermsSource: "LINK",
          Enforcement: "NONE",
          Links: { "cognito:default": "https://acme.example/terms" },
        },
      ],
      ManagedLoginBrandings: [
        { ClientId: "web", Settings: { components: {} } },
        { ClientId: "server1", UseCognitoProvidedValues: true },
      ],
      UICustomizations: [{ ClientId: "web", CSS: ".logo-customizable { max-width: 60% }" }],
      Users: [
        {
          Username: "alice@acme.example",
          Sub: SUB,
          Password: PASSWORD,
          Attributes: {
            email: "alice@acme.example",
            email_verified: "true",
            "custom:tenant_id": "acme",
            "custom:level": "3",
          },
          Groups: ["admin", "staff"],
        },
        { Username: "dave@acme.example", TemporaryPassword: PASSWORD },
        {
          Username: "erin@acme.example",
          Password: PASSWORD,
          Identities: [{ providerName: "Okta", userId: "00u1" }],
          SoftwareTokenSecret: SECRET,
          UserMFASettingList: ["SOFTWARE_TOKEN_MFA"],
          PreferredMfaSetting: "SOFTWARE_TOKEN_MFA",
        },
        { Username: "gone@acme.example", Password: PASSWORD, Enabled: false },
        {
          Username: "okta_00u2",
          Attributes: { email: "frank@acme.example" },
          Identities: [{ providerName: "Okta", userId: "00u2", primary: true }],
        },
        { Username: "new@acme.example", Password: PASSWORD, UserStatus: "UNCONFIRMED" },
      ],
    },
    { PoolName: "names", Users: [{ Username: "Bob" }, { Username: "bob" }] },
  ],
};

const toEnd: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of toEnd.splice(0).reverse()) await end();
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "cognito-seed-"));
  toEnd.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function start(
  options: Partial<StartOptions> = {},
): Promise<RunningCognito & { sdk: CognitoIdentityProvider }> {
  const cognito = await startCognito({ dataDir: newFolder(), ...options });
  const sdk = localClient(cognito.url, { maxAttempts: 1 });
  toEnd.push(() => sdk.destroy(), cognito.close);
  return { ...cognito, sdk };
}

const localOf = async ({ url }: RunningCognito, path: string, init?: RequestInit) => {
  const response = await fetch(`${url}/_local/${path}`, {
    headers: { "content-type": "application/json" },
    ...init,
  });
  return { status: response.status, body: await response.json() };
};
const exportOf = async (cognito: RunningCognito): Promise<Seed> => (await localOf(cognito, "export")).body;
const reset = (cognito: RunningCognito) => localOf(cognito, "reset", { method: "POST", body: "{}" });

/** A copy with a change deep in it. */
function changed(change: (pool: NonNullable<Seed["UserPools"][number]>) => void): Seed {
  const copy = structuredClone(seed);
  const [first] = copy.UserPools;
  if (first) change(first);
  return copy;
}

describe("a seed", () => {
  it("is there from the beginning, with the ids, people and factors that it names", async () => {
    const cognito = await start({ seed });
    const { sdk } = cognito;
    expect((await localOf(cognito, "ready")).status).toBe(200);
    const access = tokensOf(await signIn(cognito, POOL, "web", "Alice@acme.example")).access;
    expect(access).toMatchObject({ sub: SUB, client_id: "web", "cognito:groups": ["admin", "staff"] });
    expect(access.iss).toBe(`${cognito.url}/${POOL}`);
    expect(await signIn(cognito, POOL, "web", "dave@acme.example")).toMatchObject({
      ChallengeName: "NEW_PASSWORD_REQUIRED",
    });
    const { Session, ChallengeName } = await signIn(cognito, POOL, "web", "erin@acme.example");
    expect(ChallengeName).toBe("SOFTWARE_TOKEN_MFA");
    const code = { USERNAME: "erin@acme.example", SOFTWARE_TOKEN_MFA_CODE: totp(SECRET) };
    tokensOf(await answer(cognito, "web", ChallengeName, Session, code));
    await expect(signIn(cognito, POOL, "web", "gone@acme.example")).rejects.toThrow("disabled");
    await expect(signIn(cognito, POOL, "web", "new@acme.example")).rejects.toThrow("not confirmed");
    const SECRET_HASH = secretHash({ id: "server1", secret: "a".repeat(52) }, "alice@acme.example");
    tokensOf(await signIn(cognito, POOL, "server1", "alice@acme.example", PASSWORD, { SECRET_HASH }));
    const frank = await sdk.adminGetUser({ UserPoolId: POOL, Username: "okta_00u2" });
    expect([frank.UserStatus, mapOf(frank.UserAttributes)]).toEqual([
      "EXTERNAL_PROVIDER",
      expect.objectContaining({ email: "frank@acme.example", identities: expect.stringContaining("00u2") }),
    ]);
    const { UserPool } = await sdk.describeUserPool({ UserPoolId: POOL });
    expect(UserPool).toMatchObject({
      Domain: "demo",
      UserPoolTags: { team: "items" },
      MfaConfiguration: "OPTIONAL",
    });
    expect((await localOf(cognito, "messages")).body.messages).toEqual([]);
  });

  it("is applied where there is no pool, and changes nothing where there is one", async () => {
    const dataDir = newFolder();
    const first = await start({ dataDir, seed });
    await first.sdk.adminDeleteUser({ UserPoolId: POOL, Username: "alice@acme.example" });
    await first.close();
    const { sdk } = await start({ dataDir, seed });
    const { Users = [] } = await sdk.listUsers({ UserPoolId: POOL });
    expect(
      Users.map(({ Attributes }) => Attributes?.find(({ Name }) => Name === "email")?.Value),
    ).not.toContain("alice@acme.example");
    expect(Users).toHaveLength(5);
  });

  it("is what a reset leads back to, also after a start that did not need it", async () => {
    const dataDir = newFolder();
    await (await start({ dataDir, seed })).close();
    const cognito = await start({ dataDir, seed });
    await cognito.sdk.adminDeleteUser({ UserPoolId: POOL, Username: "alice@acme.example" });
    await cognito.sdk.createUserPool({ PoolName: "another" });
    const tokens = tokensOf(
      await signIn(cognito, POOL, "web", "new@acme.example").catch(() => signInAs(cognito)),
    );
    const { status, body } = await reset(cognito);
    expect([status, body.pools.map(({ name }: { name: string }) => name)]).toEqual([200, ["demo", "names"]]);
    tokensOf(await signIn(cognito, POOL, "web", "alice@acme.example"));
    await expect(refresh(cognito, "web", tokens.RefreshToken)).rejects.toThrow("Invalid Refresh Token");
  });
  /** Somebody who still can. */
  async function signInAs({ sdk }: RunningCognito & { sdk: CognitoIdentityProvider }) {
    const Username = "new@acme.example";
    await sdk.adminSetUserPassword({ UserPoolId: POOL, Username, Password: PASSWORD, Permanent: true });
    return await signIn({ sdk }, POOL, "web", Username);
  }

  it("gives a temporary password its whole time, at whatever time it is applied", async () => {
    const now = { ms: Date.now() };
    const options = { seed, now: () => now.ms };
    await (await start(options)).close();
    now.ms += 30 * 86_400_000;
    const later = await start(options);
    const { ChallengeName } = await signIn(later, POOL, "web", "dave@acme.example");
    expect(ChallengeName).toBe("NEW_PASSWORD_REQUIRED");
    now.ms += 8 * 86_400_000;
    await expect(signIn(later, POOL, "web", "dave@acme.example")).rejects.toThrow("expired");
  });

  it.each([
    ["seed.json", ""],
    ["seed.yaml", ""],
    ["seed.json", "\ufeff"],
    ["seed.yaml", "\ufeff"],
  ])("may be a file: %s beginning with %j", async (name, mark) => {
    const file = join(newFolder(), name);
    const yaml = `UserPools:\n  - Id: ${POOL}\n    PoolName: demo # a comment\n    Users:\n      - { Username: bob, Password: ${PASSWORD} }\n`;
    const json = {
      UserPools: [{ Id: POOL, PoolName: "demo", Users: [{ Username: "bob", Password: PASSWORD }] }],
    };
    writeFileSync(file, mark + (name.endsWith("yaml") ? yaml : JSON.stringify(json)));
    const { sdk } = await start({ seed: file });
    const { UserStatus } = await sdk.adminGetUser({ UserPoolId: POOL, Username: "bob" });
    expect(UserStatus).toBe("CONFIRMED");
  });

  it("is there in a test's server, too", async () => {
    const cognito = await startTestCognito({}, { seed });
    toEnd.push(cognito.stop);
    expect(tokensOf(await signIn(cognito, POOL, "web", "alice@acme.example")).access.sub).toBe(SUB);
  });

  it("leaves nothing behind when it is refused: the next start has it whole", async () => {
    const dataDir = newFolder();
    const broken = changed((pool) => pool.Users?.push({ Username: "x@acme.example", Groups: ["nobodies"] }));
    await expect(start({ dataDir, seed: broken })).rejects.toThrow("Group not found");
    const { sdk } = await start({ dataDir, seed });
    expect((await sdk.listUserPools({ MaxResults: 10 })).UserPools).toHaveLength(2);
  });

  it("is not applied in what is no folder, which is told", async () => {
    const file = join(newFolder(), "file");
    writeFileSync(file, "");
    const nowhere = process.platform === "linux" ? ["/proc/nothing"] : [];
    for (const dataDir of [file, join(file, "below"), ...nowhere]) {
      await expect(start({ dataDir })).rejects.toThrow(`The folder ${dataDir} cannot be written: E`);
    }
  });

  it("is refused as a file that is not there, or no JSON", async () => {
    const file = join(newFolder(), "seed.json");
    await expect(start({ seed: file })).rejects.toThrow(`The seed ${file} cannot be read: ENOENT`);
    writeFileSync(file, "{");
    await expect(start({ seed: file })).rejects.toThrow(`The seed ${file} cannot be read: `);
  });

  it.each<[string, string, (pool: Record<string, unknown> & Seed["UserPools"][number]) => void]>([
    [
      "an unknown member of a pool",
      "UserPools[0].PoolNaem is not known.",
      (pool) => Object.assign(pool, { PoolNaem: "x" }),
    ],
    [
      "one deep in a pool",
      "UserPools[0].Policies.PasswordPolicy.MinLength is not known.",
      (pool) => Object.assign(pool, { Policies: { PasswordPolicy: { MinLength: 8 } } }),
    ],
    [
      "one of a user",
      "UserPools[0].Users[0].Pasword is not known.",
      (pool) => Object.assign(pool.Users?.[0] ?? {}, { Pasword: "x" }),
    ],
    [
      "one of a client",
      "UserPools[0].Clients[1].Callback is not known.",
      (pool) => Object.assign(pool.Clients?.[1] ?? {}, { Callback: [] }),
    ],
    [
      "one in a list of lists",
      "UserPools[0].ResourceServers[0].Scopes[0].Name is not known.",
      (pool) =>
        Object.assign(pool.ResourceServers?.[0] ?? {}, {
          Scopes: [{ ScopeName: "a", Name: "x", ScopeDescription: "A" }],
        }),
    ],
    ["a word for a list", "UserPools[0].Users: ", (pool) => Object.assign(pool, { Users: "bob" })],
    [
      "a weak password",
      "UserPools[0].Users[0].Password: InvalidPasswordException: ",
      (pool) => Object.assign(pool.Users?.[0] ?? {}, { Password: "short" }),
    ],
    [
      "an attribute that the pool lacks",
      "UserPools[0].Users[0]: InvalidParameterException: ",
      (pool) => Object.assign(pool.Users?.[0] ?? {}, { Attributes: { "custom:x": "1" } }),
    ],
    [
      "one user twice",
      "UserPools[0].Users[1]: UsernameExistsException: ",
      (pool) => Object.assign(pool.Users?.[1] ?? {}, { Username: "ALICE@acme.example" }),
    ],
    [
      "one client id twice",
      "UserPools[0].Clients[1].ClientId: web is there twice.",
      (pool) => Object.assign(pool.Clients?.[1] ?? {}, { ClientId: "web" }),
    ],
    [
      "two passwords",
      "UserPools[0].Users[0]: Password and TemporaryPassword cannot be at once.",
      (pool) => Object.assign(pool.Users?.[0] ?? {}, { TemporaryPassword: PASSWORD }),
    ],
    [
      "a factor that the user lacks",
      "UserPools[0].Users[0].UserMFASettingList: InvalidParameterException: ",
      (pool) => Object.assign(pool.Users?.[0] ?? {}, { UserMFASettingList: ["SOFTWARE_TOKEN_MFA"] }),
    ],
    [
      "somebody from a provider that there is not",
      "UserPools[0].Users[0]: ResourceNotFoundException: Identity provider Nowhere does not exist.",
      (pool) =>
        Object.assign(pool.Users?.[0] ?? {}, { Identities: [{ providerName: "Nowhere", userId: "1" }] }),
    ],
    [
      "one identity of two users",
      "UserPools[0].Users[2]: InvalidParameterException: Merging",
      (pool) =>
        Object.assign(pool.Users?.[0] ?? {}, { Identities: [{ providerName: "Okta", userId: "00u1" }] }),
    ],
    ["a pool id that cannot be", "UserPools[0].Id: ", (pool) => Object.assign(pool, { Id: "demo" })],
  ])("with %s is refused, and says where", async (_, words, change) => {
    await expect(start({ seed: changed(change) })).rejects.toThrow(words);
  });
});

/** Every value of a seed, whole ones as well, with what takes its place: something of another type. */
function* wrongIn(
  value: unknown,
  path: PropertyKey[] = [],
): Generator<{ path: PropertyKey[]; put: unknown }> {
  if (path.length > 0) yield { path, put: typeof value === "string" ? { x: 5 } : "x" };
  if (typeof value !== "object" || value === null) return;
  for (const [key, member] of Object.entries(value)) {
    yield* wrongIn(member, [...path, Array.isArray(value) ? Number(key) : key]);
  }
}

describe("a value of the wrong type", () => {
  // A client without its list is warned of each time.
  const whole = changed((pool) => Object.assign(pool.Clients?.[1] ?? {}, { WriteAttributes: ["email"] }));
  const cases = [...wrongIn(whole)].filter(
    // What a branding says is anything (a document).
    ({ path }) => !(path.includes("ManagedLoginBrandings") && path.includes("components")),
  );

  it("is refused by its path, wherever it stands in a seed", async () => {
    expect(cases.length).toBeGreaterThan(150);
    const wrongly: string[] = [];
    for (const { path, put } of cases) {
      const copy = structuredClone(whole) as unknown as Record<PropertyKey, unknown>;
      const last = path.at(-1) ?? "";
      const holder = path
        .slice(0, -1)
        .reduce<Record<PropertyKey, unknown>>((at, step) => at[step] as never, copy);
      holder[last] = put;
      const told = await recordsOf(copy as unknown as Seed, { now: Date.now }).then(
        () => "nothing",
        (error: unknown) => (error instanceof SeedError ? error.message : `a fault of its own: ${error}`),
      );
      if (!told.startsWith(`${pathOf(path)}: `)) wrongly.push(`${pathOf(path)} → ${told}`);
    }
    expect(wrongly).toEqual([]);
  });
});

describe("an export", () => {
  it("makes the same again: what it says, and who can sign in", async () => {
    const first = await start({ seed, region: "eu-west-1" });
    const written = await exportOf(first);
    expect(written.UserPools).toHaveLength(2);
    const file = join(newFolder(), "seed.json");
    writeFileSync(file, JSON.stringify(written));
    const second = await start({ seed: file });
    expect(await exportOf(second)).toEqual(written);
    expect(tokensOf(await signIn(second, POOL, "web", "alice@acme.example")).access.sub).toBe(SUB);
    expect((await signIn(second, POOL, "web", "dave@acme.example")).ChallengeName).toBe(
      "NEW_PASSWORD_REQUIRED",
    );
    const { UserPoolClient } = await second.sdk.describeUserPoolClient({
      UserPoolId: POOL,
      ClientId: "server1",
    });
    expect(UserPoolClient?.ClientSecret).toBe("a".repeat(52));
    await expect(signIn(second, POOL, "web", "alice@acme.example", "Wrong-horse-1")).rejects.toThrow(
      "Incorrect",
    );
  });

  it("keeps people's passkeys and what proves their passwords by SRP", async () => {
    const passkey = {
      id: "AA",
      publicKey: "BB",
      counter: 3,
      name: "Phone",
      relyingPartyId: "app.example",
      createdAt: 5,
    };
    const first = await start({
      seed: changed((pool) => Object.assign(pool.Users?.[0] ?? {}, { Passkeys: [passkey] })),
    });
    const written = await exportOf(first);
    expect(written.UserPools[0]?.Users?.[0]).toMatchObject({
      Passkeys: [passkey],
      PasswordHash: { srp: { salt: expect.any(String), verifier: expect.any(String) } },
    });
    expect(await exportOf(await start({ seed: written }))).toEqual(written);
  });

  it("has what was done over the API, too", async () => {
    const { sdk, ...first } = await start({ seed });
    const Username = "carol@acme.example";
    const { Users } = await sdk.listUsers({ UserPoolId: POOL, Filter: 'email = "erin@acme.example"' });
    await sdk.adminUpdateUserAttributes({
      UserPoolId: POOL,
      Username: Users?.[0]?.Username,
      UserAttributes: listOf({ name: "Erin" }),
    });
    const written = await exportOf(first);
    const second = await start({ seed: written });
    expect(await exportOf(second)).toEqual(written);
    expect(JSON.stringify(written)).toContain('"name":"Erin"');
    expect(JSON.stringify(written)).not.toContain(Username);
    expect(JSON.stringify(written)).not.toContain(PASSWORD);
  });

  it("leaves out no kind of record without saying so", () => {
    expect(Object.keys(EXPORTED).sort()).toEqual(Object.keys(new Store(undefined, Date.now).tables).sort());
  });
});

describe("readiness", () => {
  it("comes after what the setup fills in, and the server listens before", async () => {
    const seen: unknown[] = [];
    const fill = async (url: string) => {
      seen.push((await fetch(`${url}/_local/ready`)).status);
      return "done";
    };
    const cognito = await start({ fill });
    expect([...seen, (await localOf(cognito, "ready")).status, cognito.told]).toEqual([503, 200, "done"]);
  });
});

describe("an id of one's choice, as in other emulators", () => {
  it("is the pool's where its tag _custom_id_ says so, and the client's where its name does", async () => {
    const { sdk } = await start();
    const UserPoolTags = { _custom_id_: "us-east-1_mine" };
    const { UserPool } = await sdk.createUserPool({ PoolName: "mine", UserPoolTags });
    expect(UserPool?.Id).toBe("us-east-1_mine");
    const client = { UserPoolId: "us-east-1_mine", ClientName: "_custom_id_:mine" };
    const { UserPoolClient } = await sdk.createUserPoolClient(client);
    expect(UserPoolClient?.ClientId).toBe("mine");
    await invalidParameter(sdk.createUserPool({ PoolName: "again", UserPoolTags }), /is taken/);
    await invalidParameter(sdk.createUserPoolClient(client), /is taken/);
    const nonsense = { PoolName: "x", UserPoolTags: { _custom_id_: "mine" } };
    await invalidParameter(sdk.createUserPool(nonsense), /must be a pool id/);
  });
});
