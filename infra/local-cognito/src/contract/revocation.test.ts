import { describe, it } from "vitest";
import { openBench } from "./bench";
import { PASSWORD, secretHash, tokensOf } from "./pool";
import { notAuthorized, refused } from "./refusal";

const { refreshBy, sdk, pool, client, newClient, newUser, enterBy, tokensFor } = await openBench();
const secretive = await newClient({ GenerateSecret: true });
const rotating = await newClient({
  ExplicitAuthFlows: ["ALLOW_ADMIN_USER_PASSWORD_AUTH"],
  RefreshTokenRotation: { Feature: "ENABLED", RetryGracePeriodSeconds: 60 },
});

async function signedIn(of = client) {
  const user = await newUser();
  return { ...user, ...tokensOf(await enterBy(of.id, user.email)) };
}
const revoke = (Token: string, ClientId = client.id, ClientSecret?: string) =>
  sdk.revokeToken({ Token, ClientId, ClientSecret });
const refresh = (token: string) => refreshBy(client.id, token);
const who = (AccessToken: string) => sdk.getUser({ AccessToken });

const REVOKED = "Refresh Token has been revoked";
const SIGNED_OUT = "Access Token has been revoked";

describe("RevokeToken", () => {
  it("ends the refresh token and the access tokens that came from it", async () => {
    const { RefreshToken, AccessToken } = await signedIn();
    const later = tokensOf(await refresh(RefreshToken));
    await revoke(RefreshToken);
    await notAuthorized(refresh(RefreshToken), REVOKED);
    await notAuthorized(who(AccessToken), SIGNED_OUT);
    await notAuthorized(who(later.AccessToken), SIGNED_OUT);
  });

  it("ends no other sign-in of the user", async () => {
    const { RefreshToken, email } = await signedIn();
    const other = await tokensFor(email);
    await revoke(RefreshToken);
    await who(other.AccessToken);
    tokensOf(await refresh(other.RefreshToken));
  });

  it.each(["first", "last"])("ends the whole family by the %s token of a rotation", async (which) => {
    const { RefreshToken, AccessToken } = await signedIn(rotating);
    const exchange = (token: string) =>
      sdk.getTokensFromRefreshToken({ ClientId: rotating.id, RefreshToken: token });
    const next = tokensOf(await exchange(RefreshToken));
    await revoke(which === "first" ? RefreshToken : next.RefreshToken, rotating.id);
    await notAuthorized(exchange(next.RefreshToken), REVOKED);
    await notAuthorized(exchange(RefreshToken), REVOKED);
    for (const token of [AccessToken, next.AccessToken]) {
      await notAuthorized(who(token), SIGNED_OUT);
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
    const other = await newClient();
    await refused(revoke(RefreshToken, other.id), "UnauthorizedException");
    tokensOf(await refresh(RefreshToken));
  });

  it("of a client with a secret wants it: UnauthorizedException [unconfirmed]", async () => {
    const { email } = await newUser();
    const SECRET_HASH = secretHash(secretive, email);
    const { RefreshToken } = tokensOf(await enterBy(secretive.id, email, PASSWORD, { SECRET_HASH }));
    for (const secret of [undefined, "wrong"]) {
      const attempt = revoke(RefreshToken, secretive.id, secret);
      await refused(attempt, "UnauthorizedException", "Invalid client secret");
    }
    await revoke(RefreshToken, secretive.id, secretive.secret);
  });

  it("is refused where the client has it off: UnsupportedOperationException", async () => {
    const without = await newClient({ EnableTokenRevocation: false });
    const { RefreshToken } = await signedIn(without);
    await refused(revoke(RefreshToken, without.id), "UnsupportedOperationException");
  });
});

describe.each([
  ["GlobalSignOut", (AccessToken: string) => sdk.globalSignOut({ AccessToken })],
  [
    "AdminUserGlobalSignOut",
    (_: string, Username: string) => sdk.adminUserGlobalSignOut({ UserPoolId: pool, Username }),
  ],
] as const)("%s", (_, signOut) => {
  it("ends every sign-in of the user", async () => {
    const one = await signedIn();
    const two = await tokensFor(one.email);
    await signOut(one.AccessToken, one.email);
    for (const tokens of [one, two]) {
      await notAuthorized(who(tokens.AccessToken), SIGNED_OUT);
      await notAuthorized(refresh(tokens.RefreshToken), REVOKED);
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
    await who((await tokensFor(email)).AccessToken);
  });
});

describe("an access token that was signed out", () => {
  it("signs nobody out again: NotAuthorizedException", async () => {
    const { AccessToken } = await signedIn();
    await sdk.globalSignOut({ AccessToken });
    await notAuthorized(sdk.globalSignOut({ AccessToken }));
  });
});
