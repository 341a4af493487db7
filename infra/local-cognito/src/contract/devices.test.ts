import type { InitiateAuthCommandOutput } from "@aws-sdk/client-cognito-identity-provider";
import { describe, expect, it } from "vitest";
import { newBench, openForFile } from "./bench";
import { countDone, everyPage, given, mapOf, OTHER_PASSWORD, PASSWORD, tokensOf } from "./pool";
import { invalidParameter, notAuthorized, refused } from "./refusal";
import { newDeviceSecret, srpClient } from "./srp";
import { totp } from "./totp";

const target = await openForFile();
const flows = {
  ExplicitAuthFlows: [
    "ALLOW_USER_SRP_AUTH" as const,
    "ALLOW_USER_PASSWORD_AUTH" as const,
    "ALLOW_ADMIN_USER_PASSWORD_AUTH" as const,
    "ALLOW_REFRESH_TOKEN_AUTH" as const,
  ],
};
const DeviceConfiguration = { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: false };
const software = { SoftwareTokenMfaConfiguration: { Enabled: true } };
async function openPool(configuration = DeviceConfiguration) {
  const bench = await newBench(target, flows, { DeviceConfiguration: configuration });
  await target.sdk.setUserPoolMfaConfig({
    UserPoolId: bench.pool,
    MfaConfiguration: "OPTIONAL",
    ...software,
  });
  return bench;
}
const bench = await openPool();
const { sdk, pool: UserPoolId, client, newUser, enter, answer } = bench;
type Bench = typeof bench;

/** The names of the device that came with the tokens. */
function metadataOf({ AuthenticationResult }: Pick<InitiateAuthCommandOutput, "AuthenticationResult">) {
  const { DeviceKey, DeviceGroupKey } = AuthenticationResult?.NewDeviceMetadata ?? {};
  return { DeviceKey: given(DeviceKey), DeviceGroupKey: given(DeviceGroupKey) };
}

/** Somebody with a device that was confirmed, and the secret that it made for itself. */
async function withDevice(of: Bench = bench) {
  const { email, username } = await of.newUser();
  const answered = await of.enter(email);
  const { AccessToken, RefreshToken, access } = tokensOf(answered);
  const names = metadataOf(answered);
  const { password, ...DeviceSecretVerifierConfig } = newDeviceSecret(names);
  const { DeviceKey } = names;
  const request = { AccessToken, DeviceKey, DeviceSecretVerifierConfig, DeviceName: "Laptop" };
  const confirmed = await sdk.confirmDevice(request);
  return { email, username, AccessToken, RefreshToken, access, ...names, password, request, confirmed };
}
type Holder = Awaited<ReturnType<typeof withDevice>>;

const byPassword = (USERNAME: string, DEVICE_KEY: string, of: Bench = bench, secret = PASSWORD) =>
  sdk.initiateAuth({
    ClientId: of.client.id,
    AuthFlow: "USER_PASSWORD_AUTH",
    AuthParameters: { USERNAME, PASSWORD: secret, DEVICE_KEY },
  });

/** The two answers of the device. */
async function prove(
  holder: Holder,
  Session: string | undefined,
  of: Bench = bench,
  password = holder.password,
) {
  const { SRP_A, proof } = srpClient();
  const { email: USERNAME, DeviceKey: DEVICE_KEY } = holder;
  const asked = await answer(of.client.id, "DEVICE_SRP_AUTH", Session, { USERNAME, DEVICE_KEY, SRP_A });
  expect(asked.ChallengeName).toBe("DEVICE_PASSWORD_VERIFIER");
  const parameters = { ...asked.ChallengeParameters, USER_ID_FOR_SRP: DEVICE_KEY };
  const shown = proof(`x_${holder.DeviceGroupKey}`, password, parameters);
  return { ...shown, USERNAME, DEVICE_KEY };
}
const verify = (shown: Record<string, string>, of: Bench = bench) =>
  answer(of.client.id, "DEVICE_PASSWORD_VERIFIER", undefined, shown);

/** The user asks for an authenticator app from then on. */
async function withApp({ AccessToken }: Pick<Holder, "AccessToken">): Promise<string> {
  const secret = given((await sdk.associateSoftwareToken({ AccessToken })).SecretCode);
  await sdk.verifySoftwareToken({ AccessToken, UserCode: totp(secret) });
  const SoftwareTokenMfaSettings = { Enabled: true, PreferredMfa: true };
  await sdk.setUserMFAPreference({ AccessToken, SoftwareTokenMfaSettings });
  return secret;
}
const NOT_FOUND = "ResourceNotFoundException";

describe("a new device", () => {
  it("is given two names with the tokens, of which the access token has the key", async () => {
    const { DeviceKey, DeviceGroupKey, access } = await withDevice();
    expect(DeviceKey).toMatch(new RegExp(`^${target.region}_[0-9a-f-]{36}$`));
    expect(DeviceGroupKey).toMatch(/^-\w+$/);
    expect(access.device_key).toBe(DeviceKey);
  });

  it("is none in a pool that does not remember devices", async () => {
    const plain = await newBench(target, flows);
    const { email } = await plain.newUser();
    const answered = await plain.enter(email);
    expect(answered.AuthenticationResult?.NewDeviceMetadata).toBeUndefined();
    const { AccessToken, access } = tokensOf(answered);
    expect(access.device_key).toBeUndefined();
    await refused(sdk.listDevices({ AccessToken }), "InvalidUserPoolConfigurationException");
  });

  it("is confirmed once, with the key of its own sign-in", async () => {
    const { request, email, confirmed } = await withDevice();
    expect(confirmed.UserConfirmationNecessary).toBe(false);
    await refused(sdk.confirmDevice(request), "DeviceKeyExistsException");
    const { AccessToken } = tokensOf(await enter(email));
    const { DeviceKey } = metadataOf(await enter(email));
    await refused(sdk.confirmDevice({ ...request, AccessToken, DeviceKey }), NOT_FOUND);
  });

  it("has a verifier that depends on its secret [unconfirmed]", async () => {
    const { email } = await newUser();
    const answered = await enter(email);
    const { AccessToken } = tokensOf(answered);
    const { DeviceKey } = metadataOf(answered);
    await invalidParameter(sdk.confirmDevice({ AccessToken, DeviceKey }));
    for (const PasswordVerifier of ["AA==", "AQ=="]) {
      const DeviceSecretVerifierConfig = { PasswordVerifier, Salt: "c2FsdA==" };
      await invalidParameter(sdk.confirmDevice({ AccessToken, DeviceKey, DeviceSecretVerifierConfig }));
    }
  });
});

describe("a remembered device", () => {
  it("proves itself after the password, and no second factor is asked", async () => {
    const holder = await withDevice();
    await withApp(holder);
    expect((await enter(holder.email)).ChallengeName).toBe("SOFTWARE_TOKEN_MFA");
    const asked = await byPassword(holder.email, holder.DeviceKey);
    expect([asked.ChallengeName, asked.ChallengeParameters]).toEqual(["DEVICE_SRP_AUTH", {}]);
    const done = await verify(await prove(holder, asked.Session));
    expect(tokensOf(done).access.device_key).toBe(holder.DeviceKey);
    expect(done.AuthenticationResult?.NewDeviceMetadata).toBeUndefined();
  });

  it("does so after a proven password, too: its key comes with the first or the second call", async () => {
    const holder = await withDevice();
    const { email: USERNAME, DeviceKey: DEVICE_KEY } = holder;
    for (const early of [true, false]) {
      const { SRP_A, proof } = srpClient();
      const AuthParameters = { USERNAME, SRP_A, ...(early && { DEVICE_KEY }) };
      const begun = await sdk.initiateAuth({
        ClientId: client.id,
        AuthFlow: "USER_SRP_AUTH",
        AuthParameters,
      });
      const shown = proof(UserPoolId, PASSWORD, begun.ChallengeParameters);
      const responses = early ? shown : { ...shown, DEVICE_KEY };
      const asked = await answer(client.id, "PASSWORD_VERIFIER", undefined, responses);
      expect(asked.ChallengeName).toBe("DEVICE_SRP_AUTH");
      tokensOf(await verify(await prove(holder, asked.Session)));
    }
  });

  it("with another secret is refused, and a proof is good once", async () => {
    const holder = await withDevice();
    const begin = async () => (await byPassword(holder.email, holder.DeviceKey)).Session;
    await notAuthorized(verify(await prove(holder, await begin(), bench, "another secret")));
    const shown = await prove(holder, await begin());
    tokensOf(await verify(shown));
    await notAuthorized(verify(shown));
    const again = await prove(holder, await begin());
    expect(await countDone([verify(again), verify(again), verify(again)])).toBe(1);
  });

  it("stands for its own user and client alone, and for no password", async () => {
    const holder = await withDevice();
    const other = await withDevice();
    await refused(byPassword(other.email, holder.DeviceKey), NOT_FOUND, "Device does not exist.");
    await notAuthorized(byPassword(holder.email, holder.DeviceKey, bench, OTHER_PASSWORD));
    const { Session } = await byPassword(holder.email, holder.DeviceKey);
    await notAuthorized(prove({ ...other, email: holder.email }, Session));
    const shown = await prove(holder, Session);
    await notAuthorized(verify({ ...shown, USERNAME: other.email }));
    await notAuthorized(answer(client.id, "PASSWORD_VERIFIER", undefined, shown));
    const { id } = await bench.newClient(flows);
    await notAuthorized(answer(id, "DEVICE_PASSWORD_VERIFIER", undefined, shown));
    tokensOf(await verify(shown));
  });

  it("has so long as any challenge", async () => {
    const holder = await withDevice();
    const { Session } = await byPassword(holder.email, holder.DeviceKey);
    const shown = await prove(holder, Session);
    await target.later(200, async () => notAuthorized(verify(shown), /expired/));
  });

  it("does not replace a second factor where the pool does not say so: it comes after it", async () => {
    const strict = await openPool({ ...DeviceConfiguration, ChallengeRequiredOnNewDevice: false });
    const holder = await withDevice(strict);
    const secret = await withApp(holder);
    const asked = await byPassword(holder.email, holder.DeviceKey, strict);
    expect(asked.ChallengeName).toBe("SOFTWARE_TOKEN_MFA");
    const code = { USERNAME: holder.email, SOFTWARE_TOKEN_MFA_CODE: totp(secret, Date.now() + 30_000) };
    const next = await answer(strict.client.id, "SOFTWARE_TOKEN_MFA", asked.Session, code);
    expect(next.ChallengeName).toBe("DEVICE_SRP_AUTH");
    tokensOf(await verify(await prove(holder, next.Session, strict), strict));
  });

  it("is one only when its user says so, where the pool asks for that", async () => {
    const asking = await openPool({ ...DeviceConfiguration, DeviceOnlyRememberedOnUserPrompt: true });
    const holder = await withDevice(asking);
    const { AccessToken, DeviceKey, email } = holder;
    expect(holder.confirmed.UserConfirmationNecessary).toBe(true);
    tokensOf(await byPassword(email, DeviceKey, asking));
    await sdk.updateDeviceStatus({ AccessToken, DeviceKey, DeviceRememberedStatus: "remembered" });
    expect((await byPassword(email, DeviceKey, asking)).ChallengeName).toBe("DEVICE_SRP_AUTH");
    const ofUser = { UserPoolId: asking.pool, Username: email, DeviceKey };
    await sdk.adminUpdateDeviceStatus({ ...ofUser, DeviceRememberedStatus: "not_remembered" });
    tokensOf(await byPassword(email, DeviceKey, asking));
  });

  it("refreshes with its key alone", async () => {
    const { email, DeviceKey, RefreshToken } = await withDevice();
    const refresh = (more: Record<string, string> = {}) =>
      sdk.initiateAuth({
        ClientId: client.id,
        AuthFlow: "REFRESH_TOKEN_AUTH",
        AuthParameters: { REFRESH_TOKEN: RefreshToken, ...more },
      });
    await notAuthorized(refresh(), "Invalid Refresh Token");
    await notAuthorized(refresh({ DEVICE_KEY: `${DeviceKey}0` }));
    expect((await refresh({ DEVICE_KEY: DeviceKey })).AuthenticationResult?.AccessToken).toBeDefined();
    const ClientId = client.id;
    await sdk.getTokensFromRefreshToken({ ClientId, RefreshToken, DeviceKey });
    await notAuthorized(sdk.getTokensFromRefreshToken({ ClientId, RefreshToken }));
    expect(email).toBeDefined();
  });
});

describe("the devices of a user", () => {
  it("are told by the user and the administrator, who sees whether they are remembered", async () => {
    const { AccessToken, DeviceKey, email: Username } = await withDevice();
    const { Device } = await sdk.getDevice({ AccessToken, DeviceKey });
    expect(Device).toMatchObject({ DeviceKey, DeviceCreateDate: expect.any(Date) });
    expect(mapOf(Device?.DeviceAttributes)).toMatchObject({ device_status: "valid", device_name: "Laptop" });
    const { Device: seen } = await sdk.adminGetDevice({ UserPoolId, Username, DeviceKey });
    expect(mapOf(seen?.DeviceAttributes)["dev:device_remembered_status"]).toBe("remembered");
    expect((await sdk.listDevices({ AccessToken })).Devices).toHaveLength(1);
  });

  it("come page by page", async () => {
    const { email: Username } = await newUser();
    for (let count = 0; count < 3; count += 1) {
      const answered = await enter(Username);
      const { AccessToken } = tokensOf(answered);
      const names = metadataOf(answered);
      const { password: _, ...DeviceSecretVerifierConfig } = newDeviceSecret(names);
      await sdk.confirmDevice({ AccessToken, DeviceKey: names.DeviceKey, DeviceSecretVerifierConfig });
    }
    const all = await everyPage(
      (PaginationToken) => sdk.adminListDevices({ UserPoolId, Username, Limit: 2, PaginationToken }),
      ({ Devices }) => Devices,
    );
    expect(new Set(all.map(({ DeviceKey }) => DeviceKey)).size).toBe(3);
  });

  it("are forgotten by either, and then prove nothing", async () => {
    const own = await withDevice();
    await sdk.forgetDevice({ AccessToken: own.AccessToken, DeviceKey: own.DeviceKey });
    await refused(byPassword(own.email, own.DeviceKey), NOT_FOUND, "Device does not exist.");
    const theirs = await withDevice();
    const { Session } = await byPassword(theirs.email, theirs.DeviceKey);
    const shown = await prove(theirs, Session);
    await sdk.adminForgetDevice({ UserPoolId, Username: theirs.email, DeviceKey: theirs.DeviceKey });
    await refused(verify(shown), NOT_FOUND);
    await refused(sdk.getDevice({ AccessToken: theirs.AccessToken, DeviceKey: theirs.DeviceKey }), NOT_FOUND);
  });

  it("are not told to anybody else", async () => {
    const mine = await withDevice();
    const { AccessToken } = await withDevice();
    await refused(sdk.getDevice({ AccessToken, DeviceKey: mine.DeviceKey }), NOT_FOUND);
    await refused(sdk.forgetDevice({ AccessToken, DeviceKey: mine.DeviceKey }), NOT_FOUND);
    await invalidParameter(sdk.forgetDevice({ DeviceKey: mine.DeviceKey, AccessToken: undefined }));
  });
});
