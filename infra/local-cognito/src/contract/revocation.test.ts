import {
  AdminUserGlobalSignOutCommand,
  GetTokensFromRefreshTokenCommand,
  GetUserCommand,
  GlobalSignOutCommand,
  RevokeTokenCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, it } from "vitest";
import {
  type ContractClient,
  createClient,
  createPool,
  createUser,
  PASSWORD,
  refresh as refreshAt,
  secretHash,
  signIn,
  tokensOf,
} from "./pool";
import { refused } from "./refusal";
import { openTarget } from "./target";

const target = await openTarget();
const { sdk } = target;
let pool: string;
let client: ContractClient;
let secretive: ContractClient;
let rotating: ContractClient;
beforeAll(async () => {
  pool = await createPool(target);
  client = await createClient(target, pool);
  secretive = await createClient(target, pool, { GenerateSecret: true });
  rotating = await createClient(target, pool, {
    ExplicitAuthFlows: ["ALLOW_ADMIN_USER_PASSWORD_AUTH"],
    RefreshTokenRotation: { Feature: "ENABLED", RetryGracePeriodSeconds: 60 },
  });
});
afterAll(() => target.close());

async function signedIn(of = client) {
  const user = await createUser(target, pool);
  return { ...user, ...tokensOf(await signIn(target, pool, of.id, user.email)) };
}
const revoke = (Token: string, ClientId = client.id, ClientSecret?: string) =>
  sdk.send(new RevokeTokenCommand({ Token, ClientId, ClientSecret }));
const refresh = (token: string) => refreshAt(target, client.id, token);
const who = (AccessToken: string) => sdk.send(new GetUserCommand({ AccessToken }));

const REVOKED = "Refresh Token has been revoked";
const SIGNED_OUT = "Access Token has been revoked";

describe("RevokeToken", () => {
  it("ends the refresh token and the access tokens that came from it", async () => {
    const { RefreshToken, AccessToken } = await signedIn();
    const later = tokensOf(await refresh(RefreshToken));
    await revoke(RefreshToken);
    await refused(refresh(RefreshToken), "NotAuthorizedException", REVOKED);
    await refused(who(AccessToken), "NotAuthorizedException", SIGNED_OUT);
    await refused(who(later.AccessToken), "NotAuthorizedException", SIGNED_OUT);
  });

  it("ends no other sign-in of the user", async () => {
    const { RefreshToken, email } = await signedIn();
    const other = tokensOf(await signIn(target, pool, client.id, email));
    await revoke(RefreshToken);
    await who(other.AccessToken);
    tokensOf(await refresh(other.RefreshToken));
  });

  it.each(["first", "last"])("ends the whole family by the %s token of a rotation", async (which) => {
    const { RefreshToken, AccessToken } = await signedIn(rotating);
    const exchange = (token: string) =>
      sdk.send(new GetTokensFromRefreshTokenCommand({ ClientId: rotating.id, RefreshToken: token }));
    const next = tokensOf(await exchange(RefreshToken));
    await revoke(which === "first" ? RefreshToken : next.RefreshToken, rotating.id);
    await refused(exchange(next.RefreshToken), "NotAuthorizedException", REVOKED);
    await refused(exchange(RefreshToken), "NotAuthorizedException", REVOKED);
    for (const token of [AccessToken, next.AccessToken]) {
      await refused(who(token), "NotAuthorizedException", SIGNED_OUT);
    }
  });

  it("does nothing a second time, and nothing to a token that nobody knows", async () => {
    const { RefreshToken } = await signedIn();
    await revoke(RefreshToken);
    await revoke(RefreshToken);
    await revoke("a.b.c.d.e");
  });

  it("takes no access token and no ID token: UnsupportedTokenTypeException", async () => {
    const { AccessToken, IdToken } = await signedIn();
    await refused(revoke(AccessToken), "UnsupportedTokenTypeException");
    await refused(revoke(IdToken), "UnsupportedTokenTypeException");
    await who(AccessToken);
  });

  it("takes no token of another client: UnauthorizedException", async () => {
    const { RefreshToken } = await signedIn();
    const other = await createClient(target, pool);
    await refused(revoke(RefreshToken, other.id), "UnauthorizedException");
    tokensOf(await refresh(RefreshToken));
  });

  it("of a client with a secret wants it: UnauthorizedException [unconfirmed]", async () => {
    const { email } = await createUser(target, pool);
    const SECRET_HASH = secretHash(secretive, email);
    const { RefreshToken } = tokensOf(
      await signIn(target, pool, secretive.id, email, PASSWORD, { SECRET_HASH }),
    );
    for (const secret of [undefined, "wrong"]) {
      const attempt = revoke(RefreshToken, secretive.id, secret);
      await refused(attempt, "UnauthorizedException", "Invalid client secret");
    }
    await revoke(RefreshToken, secretive.id, secretive.secret);
  });

  it("is refused where the client has it off: UnsupportedOperationException", async () => {
    const without = await createClient(target, pool, { EnableTokenRevocation: false });
    const { RefreshToken } = await signedIn(without);
    await refused(revoke(RefreshToken, without.id), "UnsupportedOperationException");
  });
});

describe.each([
  ["GlobalSignOut", (AccessToken: string) => sdk.send(new GlobalSignOutCommand({ AccessToken }))],
  [
    "AdminUserGlobalSignOut",
    (_: string, Username: string) =>
      sdk.send(new AdminUserGlobalSignOutCommand({ UserPoolId: pool, Username })),
  ],
] as const)("%s", (_, signOut) => {
  it("ends every sign-in of the user", async () => {
    const one = await signedIn();
    const two = tokensOf(await signIn(target, pool, client.id, one.email));
    await signOut(one.AccessToken, one.email);
    for (const tokens of [one, two]) {
      await refused(who(tokens.AccessToken), "NotAuthorizedException", SIGNED_OUT);
      await refused(refresh(tokens.RefreshToken), "NotAuthorizedException", REVOKED);
    }
  });

  it("ends nobody else's", async () => {
    const one = await signedIn();
    const other = await signedIn();
    await signOut(one.AccessToken, one.email);
    await who(other.AccessToken);
  });

  it("leaves the user free to sign in again", async () => {
    const { AccessToken, email } = await signedIn();
    await signOut(AccessToken, email);
    await who(tokensOf(await signIn(target, pool, client.id, email)).AccessToken);
  });
});

describe("an access token that was signed out", () => {
  it("signs nobody out again: NotAuthorizedException", async () => {
    const { AccessToken } = await signedIn();
    await sdk.send(new GlobalSignOutCommand({ AccessToken }));
    await refused(sdk.send(new GlobalSignOutCommand({ AccessToken })), "NotAuthorizedException");
  });
});
