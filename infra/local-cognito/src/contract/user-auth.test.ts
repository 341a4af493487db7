import type { CreateUserPoolCommandInput } from "@aws-sdk/client-cognito-identity-provider";
import { describe, expect, it } from "vitest";
import { Authenticator } from "./authenticator";
import { newBench, openForFile } from "./bench";
import { codeFor, given, newEmail, OTHER_PASSWORD, PASSWORD, tokensOf, wrong } from "./pool";
import { invalidParameter, notAuthorized, refused } from "./refusal";
import { srpClient } from "./srp";

const RP = "app.example";
const SELECT = "SELECT_CHALLENGE";
const flows = { ExplicitAuthFlows: ["ALLOW_USER_AUTH" as const, "ALLOW_ADMIN_USER_PASSWORD_AUTH" as const] };
const allowing = (...AllowedFirstAuthFactors: ("PASSWORD" | "EMAIL_OTP" | "SMS_OTP" | "WEB_AUTHN")[]) => ({
  Policies: { SignInPolicy: { AllowedFirstAuthFactors } },
});
const target = await openForFile();
const { sdk, pool, client, newClient, newPool, newUser, answer, signedIn } = await newBench(
  target,
  flows,
  allowing("PASSWORD", "EMAIL_OTP", "SMS_OTP", "WEB_AUTHN"),
);
const WebAuthnConfiguration = { RelyingPartyId: RP, UserVerification: "preferred" as const };
const configure = (more: object = {}) =>
  sdk.setUserPoolMfaConfig({ UserPoolId: pool, MfaConfiguration: "OFF", WebAuthnConfiguration, ...more });
await configure();
const hiding = await newClient({ ...flows, PreventUserExistenceErrors: "ENABLED" });
const other = await newClient(flows);

const begin = (USERNAME: string, more: Record<string, string> = {}, ClientId = client.id) =>
  sdk.initiateAuth({ ClientId, AuthFlow: "USER_AUTH", AuthParameters: { USERNAME, ...more } });
const prefer = (USERNAME: string, PREFERRED_CHALLENGE: string, more: Record<string, string> = {}) =>
  begin(USERNAME, { PREFERRED_CHALLENGE, ...more });

/** Somebody with a passkey. */
async function holder(authenticator = new Authenticator(RP)) {
  const user = await signedIn();
  const { AccessToken } = user;
  const { CredentialCreationOptions } = await sdk.startWebAuthnRegistration({ AccessToken });
  const Credential = authenticator.create(CredentialCreationOptions);
  await sdk.completeWebAuthnRegistration({ AccessToken, Credential });
  return { ...user, authenticator };
}
const optionsOf = ({ ChallengeParameters }: { ChallengeParameters?: Record<string, string> | undefined }) =>
  ChallengeParameters?.CREDENTIAL_REQUEST_OPTIONS;

describe("USER_AUTH", () => {
  it("lets the user choose among what the pool allows and the user has", async () => {
    const { email } = await newUser();
    const phone = await newUser({ attributes: { phone_number: "+81312345678" } });
    const plain = await begin(email);
    expect([plain.ChallengeName, plain.ChallengeParameters]).toEqual([SELECT, {}]);
    expect(plain.AvailableChallenges).toEqual(["PASSWORD", "PASSWORD_SRP", "EMAIL_OTP"]);
    expect((await begin(phone.email)).AvailableChallenges).toContain("SMS_OTP");
    expect((await begin((await holder()).email)).AvailableChallenges).toContain("WEB_AUTHN");
  });

  it("goes on with the preferred challenge, and lets choose where the user does not have it", async () => {
    const { email } = await newUser();
    tokensOf(await prefer(email, "PASSWORD", { PASSWORD }));
    await notAuthorized(prefer(email, "PASSWORD", { PASSWORD: OTHER_PASSWORD }));
    expect((await prefer(email, "WEB_AUTHN")).ChallengeName).toBe(SELECT);
    expect((await prefer(email, "EMAIL_OTP")).ChallengeName).toBe("EMAIL_OTP");
  });

  it("takes a password after the choice, in the same answer or the next", async () => {
    const { email: USERNAME } = await newUser();
    const { Session } = await begin(USERNAME);
    tokensOf(await answer(client.id, SELECT, Session, { USERNAME, ANSWER: "PASSWORD", PASSWORD }));
    const asked = await prefer(USERNAME, "PASSWORD");
    expect(asked.ChallengeName).toBe("PASSWORD");
    tokensOf(await answer(client.id, "PASSWORD", asked.Session, { USERNAME, PASSWORD }));
    const again = await prefer(USERNAME, "PASSWORD");
    await notAuthorized(answer(client.id, "PASSWORD", again.Session, { USERNAME, PASSWORD: OTHER_PASSWORD }));
    await notAuthorized(answer(client.id, "PASSWORD", again.Session, { USERNAME, PASSWORD }), /once/);
  });

  it("takes a proof of the password after the choice", async () => {
    const { email: USERNAME } = await newUser();
    const { SRP_A, proof } = srpClient();
    const { Session } = await begin(USERNAME);
    const chosen = { USERNAME, ANSWER: "PASSWORD_SRP", SRP_A };
    const asked = await answer(client.id, SELECT, Session, chosen);
    const shown = proof(pool, PASSWORD, asked.ChallengeParameters);
    tokensOf(await answer(client.id, "PASSWORD_VERIFIER", asked.Session, shown));
  });

  it("refuses a choice that was not offered, and a session that is used or another's", async () => {
    const { email: USERNAME } = await newUser();
    const { Session } = await begin(USERNAME);
    const chosen = { USERNAME, ANSWER: "EMAIL_OTP" };
    await invalidParameter(answer(client.id, SELECT, Session, { USERNAME, ANSWER: "WEB_AUTHN" }));
    await notAuthorized(answer(other.id, SELECT, Session, chosen));
    await notAuthorized(answer(client.id, SELECT, Session, { ...chosen, USERNAME: (await newUser()).email }));
    await answer(client.id, SELECT, Session, chosen);
    await notAuthorized(answer(client.id, SELECT, Session, chosen), /once/);
  });

  it("is refused to a client that does not allow it, and in the feature plan LITE", async () => {
    const { id } = await newClient({ ExplicitAuthFlows: ["ALLOW_USER_SRP_AUTH"] });
    await invalidParameter(begin(newEmail(), {}, id), /not enabled/);
    const lite = { UserPoolTier: "LITE" } satisfies Partial<CreateUserPoolCommandInput>;
    const TIER = "FeatureUnavailableInTierException";
    await refused(newPool({ ...lite, ...allowing("PASSWORD", "WEB_AUTHN") }), TIER);
    const UserPoolId = await newPool(lite);
    await refused(sdk.createUserPoolClient({ UserPoolId, ClientName: "lite", ...flows }), TIER);
  });

  it("needs the password among the pool's first factors: InvalidParameterException [unconfirmed]", async () => {
    await invalidParameter(newPool(allowing("WEB_AUTHN")));
  });

  it("offers a name that does not exist what it offers others, where the client hides who does [unconfirmed]", async () => {
    const USERNAME = newEmail();
    await refused(begin(USERNAME), "UserNotFoundException");
    const { email } = await newUser();
    const [unknown, known] = [await begin(USERNAME, {}, hiding.id), await begin(email, {}, hiding.id)];
    expect(unknown.AvailableChallenges).toEqual(known.AvailableChallenges);
    const sent = await answer(hiding.id, SELECT, unknown.Session, { USERNAME, ANSWER: "EMAIL_OTP" });
    expect(sent.ChallengeParameters?.CODE_DELIVERY_DESTINATION).toMatch(/^u\*\*\*@a\*\*\*$/);
    const guess = { USERNAME, EMAIL_OTP_CODE: "123456" };
    await refused(answer(hiding.id, "EMAIL_OTP", sent.Session, guess), "CodeMismatchException");
    await notAuthorized(begin(USERNAME, { PREFERRED_CHALLENGE: "PASSWORD", PASSWORD }, hiding.id));
  });
});

describe.runIf(target.tellsMessages)("a code as the first factor", () => {
  it.each([
    ["EMAIL_OTP", "EMAIL", "email"],
    ["SMS_OTP", "SMS", "phone_number"],
  ] as const)(
    "%s goes to the address, which it verifies, and gives tokens once",
    async (factor, medium, name) => {
      const phone = `+8131${String(Math.random()).slice(2, 9)}`;
      const { email: USERNAME } = await newUser({
        attributes: { phone_number: phone, email_verified: "false" },
      });
      const asked = await prefer(USERNAME, factor);
      expect(asked.ChallengeParameters?.CODE_DELIVERY_DELIVERY_MEDIUM).toBe(medium);
      const code = await codeFor(target, factor === "EMAIL_OTP" ? USERNAME : phone);
      const enter = (entered: string) =>
        answer(client.id, factor, asked.Session, { USERNAME, [`${factor}_CODE`]: entered });
      await refused(enter(wrong(code)), "CodeMismatchException");
      tokensOf(await enter(code));
      await notAuthorized(enter(code), /once/);
      const { UserAttributes } = await sdk.adminGetUser({ UserPoolId: pool, Username: USERNAME });
      expect(UserAttributes).toContainEqual({ Name: `${name}_verified`, Value: "true" });
    },
  );

  it("locks out after five wrong ones", async () => {
    const { email: USERNAME } = await newUser();
    const { Session } = await prefer(USERNAME, "EMAIL_OTP");
    const code = await codeFor(target, USERNAME);
    const enter = (entered: string) =>
      answer(client.id, "EMAIL_OTP", Session, { USERNAME, EMAIL_OTP_CODE: entered });
    await target.lockingOut(async () => {
      for (let at = 0; at < 5; at += 1) await refused(enter(wrong(code)), "CodeMismatchException");
    });
    await notAuthorized(enter(code), /exceeded/);
  });
});

describe("a passkey", () => {
  it("is registered, listed, used for signing in, and deleted", async () => {
    const { email: USERNAME, username, AccessToken, authenticator } = await holder();
    const { Credentials } = await sdk.listWebAuthnCredentials({ AccessToken });
    const id = authenticator.id.toString("base64url");
    expect(Credentials).toEqual([
      expect.objectContaining({
        CredentialId: id,
        RelyingPartyId: RP,
        AuthenticatorAttachment: "platform",
        AuthenticatorTransports: ["internal"],
        CreatedAt: expect.any(Date),
      }),
    ]);
    const { ConfiguredUserAuthFactors } = await sdk.getUserAuthFactors({ AccessToken });
    expect(ConfiguredUserAuthFactors).toEqual(["PASSWORD", "EMAIL_OTP", "WEB_AUTHN"]);
    const byAdmin = await sdk.adminGetUserAuthFactors({ UserPoolId: pool, Username: USERNAME });
    expect(byAdmin).toMatchObject({ Username: username, ConfiguredUserAuthFactors });
    for (let round = 0; round < 2; round += 1) {
      const asked = await prefer(USERNAME, "WEB_AUTHN");
      const CREDENTIAL = authenticator.get(optionsOf(asked));
      const done = await answer(client.id, "WEB_AUTHN", asked.Session, { USERNAME, CREDENTIAL });
      expect(tokensOf(done).access.sub).toBe(username);
    }
    await sdk.deleteWebAuthnCredential({ AccessToken, CredentialId: id });
    await refused(
      sdk.deleteWebAuthnCredential({ AccessToken, CredentialId: id }),
      "ResourceNotFoundException",
    );
    expect((await prefer(USERNAME, "WEB_AUTHN")).ChallengeName).toBe(SELECT);
  });

  it("is asked for by options for the relying party and this user's credentials alone", async () => {
    const { email, authenticator } = await holder();
    const options = JSON.parse(given(optionsOf(await prefer(email, "WEB_AUTHN"))));
    expect(options).toMatchObject({
      rpId: RP,
      userVerification: "preferred",
      allowCredentials: [{ id: authenticator.id.toString("base64url"), type: "public-key" }],
    });
    expect(Buffer.from(options.challenge, "base64url").length).toBeGreaterThanOrEqual(16);
  });

  it.each<[string, string, object]>([
    ["over another challenge", "NotAuthorizedException", { challenge: "AAAAAAAAAAAAAAAAAAAAAA" }],
    ["of another relying party", "NotAuthorizedException", { rpId: "evil.example" }],
    [
      "from another origin",
      "WebAuthnOriginNotAllowedException",
      { origin: "https://app.example.evil.example" },
    ],
    ["from a page without https", "WebAuthnOriginNotAllowedException", { origin: "http://app.example" }],
  ])("signs nobody in %s: %s [unconfirmed]", async (_, name, how) => {
    const { email: USERNAME, authenticator } = await holder();
    const asked = await prefer(USERNAME, "WEB_AUTHN");
    const CREDENTIAL = authenticator.get(optionsOf(asked), how);
    const attempt = () => answer(client.id, "WEB_AUTHN", asked.Session, { USERNAME, CREDENTIAL });
    await refused(attempt(), name);
    await notAuthorized(attempt(), /once/);
  });

  it("signs nobody in with somebody else's key, a counter that went back, or a session of another client", async () => {
    const { email: USERNAME, authenticator } = await holder();
    const stranger = await holder();
    const attempt = async (by: Authenticator, ClientId = client.id) => {
      const asked = await prefer(USERNAME, "WEB_AUTHN");
      return answer(ClientId, "WEB_AUTHN", asked.Session, { USERNAME, CREDENTIAL: by.get(optionsOf(asked)) });
    };
    await notAuthorized(attempt(stranger.authenticator));
    await notAuthorized(attempt(authenticator, other.id));
    authenticator.counter = 5;
    tokensOf(await attempt(authenticator));
    authenticator.counter = 2;
    await notAuthorized(attempt(authenticator));
  });

  it("is not one that is no credential: InvalidParameterException [unconfirmed]", async () => {
    const { email: USERNAME, authenticator } = await holder();
    const answered = JSON.parse(authenticator.get(optionsOf(await prefer(USERNAME, "WEB_AUTHN"))));
    for (const CREDENTIAL of [
      "nonsense",
      "{}",
      '{"id":5}',
      ...SAYING.map((said) => saying(answered, said)),
    ]) {
      const { Session } = await prefer(USERNAME, "WEB_AUTHN");
      await invalidParameter(answer(client.id, "WEB_AUTHN", Session, { USERNAME, CREDENTIAL }));
    }
  });
});

/** What a browser's own words on it cannot be. */
const SAYING = [
  "nonsense",
  "null",
  "{}",
  "[]",
  '{"origin":5,"challenge":"x"}',
  '{"origin":"https://app.example"}',
];
const saying = (credential: { response: object }, said: string) =>
  JSON.stringify({
    ...credential,
    response: { ...credential.response, clientDataJSON: Buffer.from(said).toString("base64url") },
  });

describe("the registration of a passkey", () => {
  const start = async (AccessToken: string) =>
    (await sdk.startWebAuthnRegistration({ AccessToken })).CredentialCreationOptions;

  it("has options for the relying party and the user", async () => {
    const { AccessToken, email } = await signedIn();
    expect(await start(AccessToken)).toMatchObject({
      rp: { id: RP },
      user: { name: email },
      authenticatorSelection: { residentKey: "required", userVerification: "preferred" },
    });
  });

  it.each<[string, string, object]>([
    ["over another challenge", "WebAuthnChallengeNotFoundException", { challenge: "AAAAAAAAAAAAAAAAAAAAAA" }],
    ["of another relying party", "WebAuthnRelyingPartyMismatchException", { rpId: "evil.example" }],
    ["from another origin", "WebAuthnOriginNotAllowedException", { origin: "https://evil.example" }],
  ])("is refused %s: %s [unconfirmed]", async (_, name, how) => {
    const { AccessToken } = await signedIn();
    const Credential = new Authenticator(RP).create(await start(AccessToken), how);
    await refused(sdk.completeWebAuthnRegistration({ AccessToken, Credential }), name);
  });

  it("is refused of one that does not say where it was made: InvalidParameterException [unconfirmed]", async () => {
    const { AccessToken } = await signedIn();
    const made = new Authenticator(RP).create(await start(AccessToken));
    for (const said of SAYING) {
      const Credential = JSON.parse(saying(made, said));
      await invalidParameter(sdk.completeWebAuthnRegistration({ AccessToken, Credential }));
    }
    await sdk.completeWebAuthnRegistration({ AccessToken, Credential: { ...made } });
  });

  it("ends with its first answer, and is none without a start or by another client", async () => {
    const { AccessToken, email } = await signedIn();
    const authenticator = new Authenticator(RP);
    const complete = (Credential: object, token = AccessToken) =>
      sdk.completeWebAuthnRegistration({ AccessToken: token, Credential: { ...Credential } });
    const early = authenticator.create({ challenge: "AAAAAAAAAAAAAAAAAAAAAA" });
    await refused(complete(early), "WebAuthnChallengeNotFoundException");
    const credential = authenticator.create(await start(AccessToken));
    const AuthParameters = { USERNAME: email, PREFERRED_CHALLENGE: "PASSWORD", PASSWORD };
    const through = { ClientId: other.id, AuthFlow: "USER_AUTH" as const, AuthParameters };
    const { AccessToken: foreign } = tokensOf(await sdk.initiateAuth(through));
    await refused(complete(credential, foreign), "WebAuthnClientMismatchException");
    await complete(credential);
    await refused(complete(credential), "WebAuthnChallengeNotFoundException");
  });

  it("is refused where the pool does not have passkeys among its factors, or no relying party [unconfirmed]", async () => {
    const without = await newBench(target, flows);
    const { AccessToken } = await without.signedIn();
    await refused(sdk.startWebAuthnRegistration({ AccessToken }), "WebAuthnNotEnabledException");
    const nameless = await newBench(target, flows, allowing("PASSWORD", "WEB_AUTHN"));
    const { AccessToken: token } = await nameless.signedIn();
    const MISSING = "WebAuthnConfigurationMissingException";
    await refused(sdk.startWebAuthnRegistration({ AccessToken: token }), MISSING);
  });
});

describe("a pool's passkey settings", () => {
  it("are told by GetUserPoolMfaConfig", async () => {
    const told = await sdk.getUserPoolMfaConfig({ UserPoolId: pool });
    expect(told).toMatchObject({ MfaConfiguration: "OFF", WebAuthnConfiguration });
  });

  it.each([
    "https://acme.example",
    "acme.example:8443",
    "acme.example/app",
    "ACME.example",
    "192.0.2.1",
    "[::1]",
    "acme..example",
    "acme.example.",
    "-acme.example",
    "a b",
  ])("have a domain for the relying party, which %s is not [unconfirmed]", async (RelyingPartyId) => {
    await invalidParameter(configure({ WebAuthnConfiguration: { RelyingPartyId } }), /is not a domain/);
  });

  it("may ask that the authenticator checks who holds it", async () => {
    const { email: USERNAME, authenticator } = await holder();
    const attempt = async (userVerified: boolean) => {
      const asked = await prefer(USERNAME, "WEB_AUTHN");
      const CREDENTIAL = authenticator.get(optionsOf(asked), { userVerified });
      return await answer(client.id, "WEB_AUTHN", asked.Session, { USERNAME, CREDENTIAL });
    };
    tokensOf(await attempt(false));
    await configure({ WebAuthnConfiguration: { RelyingPartyId: RP, UserVerification: "required" } });
    await notAuthorized(attempt(false));
    tokensOf(await attempt(true));
    await configure();
  });

  it("must say that a passkey is two factors where a second one is required", async () => {
    const SoftwareTokenMfaConfiguration = { Enabled: true };
    const required = { MfaConfiguration: "ON", SoftwareTokenMfaConfiguration };
    await invalidParameter(configure(required), /SINGLE_FACTOR if MFA is required/);
    const { email: USERNAME, authenticator } = await holder();
    const FactorConfiguration = "MULTI_FACTOR_WITH_USER_VERIFICATION";
    await configure({
      ...required,
      WebAuthnConfiguration: { ...WebAuthnConfiguration, FactorConfiguration },
    });
    const asked = await prefer(USERNAME, "WEB_AUTHN");
    const CREDENTIAL = authenticator.get(optionsOf(asked));
    const done = await answer(client.id, "WEB_AUTHN", asked.Session, { USERNAME, CREDENTIAL });
    const { AvailableChallenges } = await begin(USERNAME);
    await configure();
    tokensOf(done);
    expect(AvailableChallenges).toEqual(["PASSWORD", "PASSWORD_SRP", "WEB_AUTHN"]);
  });
});
