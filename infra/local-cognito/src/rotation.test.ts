import {
  AdminInitiateAuthCommand,
  GetTokensFromRefreshTokenCommand,
  GetUserCommand,
  RevokeTokenCommand,
  UpdateUserPoolClientCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { createLocalJWKSet, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  createClient,
  createPool,
  createUser,
  refresh,
  refused,
  signIn,
  startTestCognito,
  type TestCognito,
  tokensOf,
} from "./testing/cognito";

const BOB = "bob@acme.example";
const SPENT = "RefreshTokenReuseException";
let cognito: TestCognito;
let pool: string;

beforeAll(async () => {
  cognito = await startTestCognito();
  pool = await createPool(cognito.sdk);
  await createUser(cognito.sdk, pool, BOB);
});
afterAll(() => cognito.stop());

const rotating = (RetryGracePeriodSeconds: number, more: object = {}) =>
  createClient(cognito.sdk, pool, {
    ExplicitAuthFlows: ["ALLOW_ADMIN_USER_PASSWORD_AUTH"],
    RefreshTokenRotation: { Feature: "ENABLED", RetryGracePeriodSeconds },
    ...more,
  });
const exchange = (ClientId: string, RefreshToken: string, ClientSecret?: string) =>
  cognito.sdk.send(new GetTokensFromRefreshTokenCommand({ ClientId, RefreshToken, ClientSecret }));

describe("a client that rotates refresh tokens", () => {
  it("gets a new one with each refresh, of the same sign-in, and the old one is spent", async () => {
    const { id } = await rotating(0);
    const first = tokensOf(await signIn(cognito.sdk, pool, id, BOB));
    const second = tokensOf(await exchange(id, first.RefreshToken));
    expect(second.RefreshToken).not.toBe(first.RefreshToken);
    expect(second.access.origin_jti).toBe(first.access.origin_jti);
    await refused(exchange(id, first.RefreshToken), SPENT);
    const third = tokensOf(await exchange(id, second.RefreshToken));
    expect(third.access.sub).toBe(first.access.sub);
    await refused(exchange(id, second.RefreshToken), SPENT);
  });

  it("may use the old one until the end of its grace, and not prolong that by using it", async () => {
    const { id } = await rotating(60);
    const first = tokensOf(await signIn(cognito.sdk, pool, id, BOB));
    const lost = tokensOf(await exchange(id, first.RefreshToken));
    cognito.clock.advance({ seconds: 40 });
    const retried = tokensOf(await exchange(id, first.RefreshToken));
    cognito.clock.advance({ seconds: 20 });
    await refused(exchange(id, first.RefreshToken), SPENT);
    // Whichever answer reached the client: both new ones are good.
    for (const { RefreshToken } of [lost, retried]) await exchange(id, RefreshToken);
  });

  it("gives one new token per request, when several come at once", async () => {
    const { id } = await rotating(30);
    const { RefreshToken } = tokensOf(await signIn(cognito.sdk, pool, id, BOB));
    const answers = await Promise.all(Array.from({ length: 5 }, () => exchange(id, RefreshToken)));
    const tokens = answers.map((answer) => tokensOf(answer).RefreshToken);
    expect(new Set(tokens).size).toBe(5);
    const strict = await rotating(0);
    const once = tokensOf(await signIn(cognito.sdk, pool, strict.id, BOB));
    const settled = await Promise.allSettled(
      Array.from({ length: 5 }, () => exchange(strict.id, once.RefreshToken)),
    );
    expect(settled.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("does not live longer by rotating: the family ends when the first token would have", async () => {
    const validity = { RefreshTokenValidity: 60, TokenValidityUnits: { RefreshToken: "minutes" } };
    const { id } = await rotating(0, validity);
    const first = tokensOf(await signIn(cognito.sdk, pool, id, BOB));
    cognito.clock.advance({ minutes: 59 });
    const { RefreshToken } = tokensOf(await exchange(id, first.RefreshToken));
    cognito.clock.advance({ minutes: 1 });
    await refused(exchange(id, RefreshToken), "NotAuthorizedException", "Refresh Token has expired");
  });

  it("cannot refresh with REFRESH_TOKEN_AUTH, nor be allowed that flow", async () => {
    const { sdk } = cognito;
    const { id } = await rotating(0);
    const { RefreshToken } = tokensOf(await signIn(sdk, pool, id, BOB));
    await refused(refresh(sdk, pool, id, RefreshToken), "InvalidParameterException");
    // Rotation turned on for a client whose flows are the defaults, which refreshing is among.
    const plain = await createClient(sdk, pool);
    const old = tokensOf(await signIn(sdk, pool, plain.id, BOB));
    const RefreshTokenRotation = { Feature: "ENABLED" as const };
    const update = (ExplicitAuthFlows?: ["ALLOW_REFRESH_TOKEN_AUTH"]) =>
      sdk.send(
        new UpdateUserPoolClientCommand({
          UserPoolId: pool,
          ClientId: plain.id,
          RefreshTokenRotation,
          ExplicitAuthFlows,
        }),
      );
    await refused(
      update(["ALLOW_REFRESH_TOKEN_AUTH"]),
      "InvalidParameterException",
      "ALLOW_REFRESH_TOKEN_AUTH is not a permitted ExplicitAuthFlow when refresh token rotation is enabled",
    );
    await update();
    await refused(refresh(sdk, pool, plain.id, old.RefreshToken), "NotAuthorizedException");
    expect(tokensOf(await exchange(plain.id, old.RefreshToken)).RefreshToken).toBeTruthy();
  });

  it("loses the whole family with the revocation of any of its tokens", async () => {
    const { sdk } = cognito;
    const { id } = await rotating(60);
    const first = tokensOf(await signIn(sdk, pool, id, BOB));
    const second = tokensOf(await exchange(id, first.RefreshToken));
    await sdk.send(new RevokeTokenCommand({ ClientId: id, Token: first.RefreshToken }));
    const revoked = "Refresh Token has been revoked";
    await refused(exchange(id, second.RefreshToken), "NotAuthorizedException", revoked);
    await refused(exchange(id, first.RefreshToken), "NotAuthorizedException", revoked);
    for (const { AccessToken } of [first, second]) {
      await refused(sdk.send(new GetUserCommand({ AccessToken })), "NotAuthorizedException");
    }
  });

  it("does not accept a token of another client, or a wrong secret", async () => {
    const { id, secret } = await rotating(0, { GenerateSecret: true });
    const other = await rotating(0);
    const { RefreshToken } = tokensOf(await signIn(cognito.sdk, pool, other.id, BOB));
    const foreign = "Refresh Token has different Client";
    await refused(exchange(id, RefreshToken, secret), "NotAuthorizedException", foreign);
    await refused(exchange(id, RefreshToken), "NotAuthorizedException", "Invalid client secret");
    await refused(exchange(id, RefreshToken, "wrong"), "NotAuthorizedException", "Invalid client secret");
    await refused(exchange(other.id, "made-up"), "NotAuthorizedException", "Invalid Refresh Token");
  });
});

it("GetTokensFromRefreshToken also serves a client that does not rotate, and repeats no refresh token", async () => {
  const { id } = await createClient(cognito.sdk, pool);
  const { RefreshToken } = tokensOf(await signIn(cognito.sdk, pool, id, BOB));
  const { AuthenticationResult } = await exchange(id, RefreshToken);
  expect(AuthenticationResult?.AccessToken).toBeTruthy();
  expect(AuthenticationResult?.RefreshToken).toBeUndefined();
  expect((await exchange(id, RefreshToken)).AuthenticationResult?.IdToken).toBeTruthy();
});

describe("new signing keys of a pool", () => {
  const keySet = async (): Promise<JSONWebKeySet> =>
    (await (await fetch(`${cognito.url}/${pool}/.well-known/jwks.json`)).json()) as JSONWebKeySet;
  const verify = async (token: string) =>
    await jwtVerify(token, createLocalJWKSet(await keySet()), { currentDate: new Date(cognito.clock.ms) });

  it("sign at once, while what the old ones signed stays good until the clock retires them", async () => {
    const { sdk, clock } = cognito;
    const { id } = await createClient(sdk, pool, { AccessTokenValidity: 24 });
    const before = tokensOf(await signIn(sdk, pool, id, BOB));
    await cognito.rotateKeys(pool, 60_000);
    await cognito.rotateKeys(pool, 60_000);
    const after = tokensOf(await signIn(sdk, pool, id, BOB));
    const kid = (token: string) => decodeProtectedHeader(token).kid;
    expect(kid(after.AccessToken)).not.toBe(kid(before.AccessToken));
    expect(kid(after.IdToken)).not.toBe(kid(before.IdToken));
    expect((await keySet()).keys).toHaveLength(6);
    for (const { AccessToken, IdToken } of [before, after]) {
      await verify(AccessToken);
      await verify(IdToken);
      await sdk.send(new GetUserCommand({ AccessToken }));
    }
    clock.advance({ minutes: 1 });
    expect((await keySet()).keys.map((key) => key.kid)).toEqual([kid(after.IdToken), kid(after.AccessToken)]);
    await expect(verify(before.AccessToken)).rejects.toThrow("no applicable key found");
    await refused(
      sdk.send(new GetUserCommand({ AccessToken: before.AccessToken })),
      "NotAuthorizedException",
      "Could not verify signature for Access Token",
    );
    // A sign-in is not its tokens: it refreshes into tokens of the new keys.
    const refreshed = tokensOf(await refresh(sdk, pool, id, before.RefreshToken));
    await verify(refreshed.AccessToken);
  });

  it("are not made for a pool that does not exist", async () => {
    await expect(cognito.rotateKeys("ap-northeast-1_nonesuch")).rejects.toThrow("does not exist");
  });
});

it("a spent refresh token does not work again when rotation is turned off", async () => {
  const { sdk } = cognito;
  const { id } = await rotating(0);
  const { RefreshToken } = tokensOf(await signIn(sdk, pool, id, BOB));
  await exchange(id, RefreshToken);
  const ExplicitAuthFlows = ["ALLOW_REFRESH_TOKEN_AUTH" as const];
  await sdk.send(new UpdateUserPoolClientCommand({ UserPoolId: pool, ClientId: id, ExplicitAuthFlows }));
  const AuthFlow = "REFRESH_TOKEN_AUTH" as const;
  const AuthParameters = { REFRESH_TOKEN: RefreshToken };
  await refused(
    sdk.send(new AdminInitiateAuthCommand({ UserPoolId: pool, ClientId: id, AuthFlow, AuthParameters })),
    "NotAuthorizedException",
    "Invalid Refresh Token",
  );
});
