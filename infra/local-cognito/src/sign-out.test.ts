import {
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminUserGlobalSignOutCommand,
  GetUserCommand,
  GlobalSignOutCommand,
  InitiateAuthCommand,
  RevokeTokenCommand,
} from "@aws-sdk/client-cognito-identity-provider";
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

const EMAIL = "bob@acme.example";
const REVOKED = "Refresh Token has been revoked";
let cognito: TestCognito;
let pool: string;
let client: string;

beforeAll(async () => {
  cognito = await startTestCognito();
  pool = await createPool(cognito.sdk);
  client = (await createClient(cognito.sdk, pool)).id;
  await createUser(cognito.sdk, pool, EMAIL);
});
afterAll(() => cognito.stop());

const signedIn = async (email = EMAIL) => tokensOf(await signIn(cognito.sdk, pool, client, email));
const getUser = (AccessToken: string) => cognito.sdk.send(new GetUserCommand({ AccessToken }));
const refreshed = (token: string) => refresh(cognito.sdk, pool, client, token);

describe("a refresh token", () => {
  it("gives new access and ID tokens of the same sign-in, and no other refresh token", async () => {
    const first = await signedIn();
    cognito.clock.advance({ minutes: 30 });
    const answer = await refreshed(first.RefreshToken);
    const second = tokensOf(answer);
    expect(answer.AuthenticationResult?.RefreshToken).toBeUndefined();
    for (const claim of ["sub", "origin_jti", "auth_time", "event_id"]) {
      expect(second.access[claim]).toBe(first.access[claim]);
    }
    expect(second.access.jti).not.toBe(first.access.jti);
    expect(second.access.iat).toBe(Number(first.access.iat) + 1800);
  });

  it("works through InitiateAuth and under its old flow name", async () => {
    const { RefreshToken } = await signedIn();
    for (const AuthFlow of ["REFRESH_TOKEN_AUTH", "REFRESH_TOKEN"] as const) {
      const AuthParameters = { REFRESH_TOKEN: RefreshToken };
      const answer = await cognito.sdk.send(
        new InitiateAuthCommand({ ClientId: client, AuthFlow, AuthParameters }),
      );
      expect(answer.AuthenticationResult?.AccessToken).toBeTruthy();
    }
  });

  it("belongs to its client and its pool", async () => {
    const { sdk } = cognito;
    const { RefreshToken } = await signedIn();
    const sibling = await createClient(sdk, pool);
    const different = "Refresh Token has different Client";
    await refused(refresh(sdk, pool, sibling.id, RefreshToken), "NotAuthorizedException", different);
    const otherPool = await createPool(sdk);
    const stranger = await createClient(sdk, otherPool);
    const invalid = "Invalid Refresh Token";
    await refused(refresh(sdk, otherPool, stranger.id, RefreshToken), "NotAuthorizedException", invalid);
    await refused(refreshed("made.up.refresh.token.x"), "NotAuthorizedException", invalid);
    await refused(refreshed(`${RefreshToken.slice(0, -1)}_`), "NotAuthorizedException", invalid);
  });

  it("expires with the client's validity", async () => {
    const { sdk, clock } = cognito;
    const hourly = await createClient(sdk, pool, {
      RefreshTokenValidity: 1,
      TokenValidityUnits: { RefreshToken: "hours" },
    });
    const { RefreshToken } = tokensOf(await signIn(sdk, pool, hourly.id, EMAIL));
    clock.advance({ minutes: 59 });
    await refresh(sdk, pool, hourly.id, RefreshToken);
    clock.advance({ minutes: 1 });
    await refused(
      refresh(sdk, pool, hourly.id, RefreshToken),
      "NotAuthorizedException",
      "Refresh Token has expired",
    );
  });

  it("is refused for a disabled user, and stays dead when the user is enabled again", async () => {
    const { sdk } = cognito;
    const about = { UserPoolId: pool, Username: "paused@acme.example" };
    await createUser(sdk, pool, about.Username);
    const { RefreshToken, AccessToken } = await signedIn(about.Username);
    await sdk.send(new AdminDisableUserCommand(about));
    await refused(refreshed(RefreshToken), "NotAuthorizedException", "User is disabled.");
    await refused(getUser(AccessToken), "NotAuthorizedException", "User is disabled.");
    await sdk.send(new AdminEnableUserCommand(about));
    await refused(refreshed(RefreshToken), "NotAuthorizedException", REVOKED);
    expect((await signIn(sdk, pool, client, about.Username)).AuthenticationResult).toBeDefined();
  });

  it("dies with its user", async () => {
    const { sdk } = cognito;
    const about = { UserPoolId: pool, Username: "leaving@acme.example" };
    await createUser(sdk, pool, about.Username);
    const { RefreshToken, AccessToken } = await signedIn(about.Username);
    await sdk.send(new AdminDeleteUserCommand(about));
    await refused(refreshed(RefreshToken), "NotAuthorizedException", "Invalid Refresh Token");
    await refused(getUser(AccessToken), "UserNotFoundException", "User does not exist.");
    // Somebody new under the same address is somebody else.
    await createUser(sdk, pool, about.Username);
    await refused(refreshed(RefreshToken), "NotAuthorizedException", "Invalid Refresh Token");
    await refused(getUser(AccessToken), "UserNotFoundException");
  });
});

describe("a username that is given again", () => {
  it("does not inherit the sign-ins of the user who had it before", async () => {
    const { sdk } = cognito;
    const UserPoolId = await createPool(sdk, { UsernameAttributes: undefined });
    const { id } = await createClient(sdk, UserPoolId);
    const about = { UserPoolId, Username: "bob" };
    const make = () => createUser(sdk, UserPoolId, about.Username, { attributes: { email: EMAIL } });
    await make();
    const { AccessToken, RefreshToken } = tokensOf(await signIn(sdk, UserPoolId, id, about.Username));
    await sdk.send(new AdminDeleteUserCommand(about));
    await make();
    await refused(
      refresh(sdk, UserPoolId, id, RefreshToken),
      "NotAuthorizedException",
      "Invalid Refresh Token",
    );
    await refused(getUser(AccessToken), "NotAuthorizedException", "Access Token has been revoked");
  });
});

describe("signing out", () => {
  it("everywhere ends every sign-in of the user, and of nobody else", async () => {
    const { sdk } = cognito;
    await createUser(sdk, pool, "stays@acme.example");
    const [one, two, other] = [await signedIn(), await signedIn(), await signedIn("stays@acme.example")];
    await sdk.send(new GlobalSignOutCommand({ AccessToken: one.AccessToken }));
    for (const tokens of [one, two]) {
      await refused(getUser(tokens.AccessToken), "NotAuthorizedException", "Access Token has been revoked");
      await refused(refreshed(tokens.RefreshToken), "NotAuthorizedException", REVOKED);
    }
    expect((await getUser(other.AccessToken)).Username).toBe(other.access.sub);
    expect((await getUser((await signedIn()).AccessToken)).Username).toBe(one.access.sub);
  });

  it("by an administrator does the same", async () => {
    const { AccessToken, RefreshToken } = await signedIn();
    await cognito.sdk.send(new AdminUserGlobalSignOutCommand({ UserPoolId: pool, Username: EMAIL }));
    await refused(getUser(AccessToken), "NotAuthorizedException", "Access Token has been revoked");
    await refused(refreshed(RefreshToken), "NotAuthorizedException", REVOKED);
  });

  it("by RevokeToken ends the tokens of that sign-in alone, refreshed ones too", async () => {
    const [one, two] = [await signedIn(), await signedIn()];
    const child = tokensOf(await refreshed(one.RefreshToken));
    const revoke = () =>
      cognito.sdk.send(new RevokeTokenCommand({ Token: one.RefreshToken, ClientId: client }));
    await revoke();
    await revoke();
    const revoked = "Access Token has been revoked";
    await refused(refreshed(one.RefreshToken), "NotAuthorizedException", REVOKED);
    await refused(getUser(one.AccessToken), "NotAuthorizedException", revoked);
    await refused(getUser(child.AccessToken), "NotAuthorizedException", revoked);
    expect((await getUser(two.AccessToken)).Username).toBeTruthy();
  });
});

describe("RevokeToken", () => {
  it("is for the client that the token was issued to, with its secret if it has one", async () => {
    const { sdk } = cognito;
    const { RefreshToken: Token } = await signedIn();
    const sibling = await createClient(sdk, pool);
    const secretive = await createClient(sdk, pool, { GenerateSecret: true });
    const by = (ClientId: string, ClientSecret?: string) =>
      sdk.send(new RevokeTokenCommand({ Token, ClientId, ClientSecret }));
    await refused(by(sibling.id), "UnauthorizedException");
    await refused(by(secretive.id), "UnauthorizedException", "Invalid client secret");
    await refused(by(secretive.id, "wrong"), "UnauthorizedException", "Invalid client secret");
    expect((await refreshed(Token)).AuthenticationResult).toBeDefined();
  });

  it("takes refresh tokens only, and only where the client has revocation", async () => {
    const { sdk } = cognito;
    const { AccessToken } = await signedIn();
    const revoke = (Token: string, ClientId: string) => sdk.send(new RevokeTokenCommand({ Token, ClientId }));
    await refused(revoke(AccessToken, client), "UnsupportedTokenTypeException");
    const without = await createClient(sdk, pool, { EnableTokenRevocation: false });
    const { RefreshToken, access } = tokensOf(await signIn(sdk, pool, without.id, EMAIL));
    expect(access.origin_jti).toBeUndefined();
    await refused(revoke(RefreshToken, without.id), "UnsupportedOperationException");
  });
});

describe("an access token for GetUser", () => {
  it("must be one, be whole, and be in time", async () => {
    const { AccessToken, IdToken, RefreshToken } = await signedIn();
    const [header, payload, signature] = AccessToken.split(".");
    const alg = Buffer.from('{"alg":"none"}').toString("base64url");
    const forged = Buffer.from(
      JSON.stringify({ ...JSON.parse(Buffer.from(payload ?? "", "base64url").toString()), username: "x" }),
    );
    for (const token of [
      "nonsense",
      RefreshToken,
      IdToken,
      `${alg}.${payload}.`,
      `${header}.${forged.toString("base64url")}.${signature}`,
    ]) {
      await refused(getUser(token), "NotAuthorizedException");
    }
    cognito.clock.advance({ minutes: 60 });
    await refused(getUser(AccessToken), "NotAuthorizedException", "Access Token has expired");
  });
});
