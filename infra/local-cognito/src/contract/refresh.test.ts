import { describe, expect, it } from "vitest";
import { openBench } from "./bench";
import { countDone, createClient, outcomeOf, PASSWORD, secretHash, signIn, tokensOf } from "./pool";
import { invalidParameter, notAuthorized, refused } from "./refusal";

const { target, sdk, pool, client, newPool, newClient, newUser, enterBy, tokensFor, refreshBy } =
  await openBench();
const rotationOf = (RetryGracePeriodSeconds: number) => ({
  ExplicitAuthFlows: ["ALLOW_ADMIN_USER_PASSWORD_AUTH" as const],
  RefreshTokenRotation: { Feature: "ENABLED" as const, RetryGracePeriodSeconds },
});
const secretive = await newClient({ GenerateSecret: true });
const rotating = await newClient(rotationOf(30));
const strict = await newClient(rotationOf(0));
await sdk.createGroup({ UserPoolId: pool, GroupName: "staff" });

async function signedIn(of = client, more: Record<string, string> = {}) {
  const user = await newUser();
  return { ...user, ...tokensOf(await enterBy(of.id, user.email, PASSWORD, more)) };
}
const refresh = (token: string, ClientId = client.id, more: Record<string, string> = {}) =>
  refreshBy(ClientId, token, more);
const exchange = (RefreshToken: string, ClientId: string, ClientSecret?: string) =>
  sdk.getTokensFromRefreshToken({ ClientId, RefreshToken, ClientSecret });

const who = (AccessToken: string) => sdk.getUser({ AccessToken });
const INVALID = "Invalid Refresh Token";
const OTHERS = "Refresh Token has different Client";
const EXPIRED = "Refresh Token has expired";

describe("REFRESH_TOKEN_AUTH", () => {
  it("gives new access and ID tokens of the same family, and no new refresh token", async () => {
    const { RefreshToken, access } = await signedIn();
    const answered = await refresh(RefreshToken);
    const next = tokensOf(answered);
    expect(answered.AuthenticationResult).toMatchObject({ TokenType: "Bearer", ExpiresIn: 3600 });
    expect(answered.AuthenticationResult?.RefreshToken).toBeUndefined();
    expect(next.access.jti).not.toBe(access.jti);
    for (const same of ["origin_jti", "event_id", "auth_time", "sub", "scope"]) {
      expect(next.access[same]).toEqual(access[same]);
    }
  });

  it("works by AdminInitiateAuth, and under the old name REFRESH_TOKEN", async () => {
    const { RefreshToken } = await signedIn();
    for (const AuthFlow of ["REFRESH_TOKEN_AUTH", "REFRESH_TOKEN"] as const) {
      const AuthParameters = { REFRESH_TOKEN: RefreshToken };
      const request = { UserPoolId: pool, ClientId: client.id, AuthFlow, AuthParameters };
      tokensOf(await sdk.adminInitiateAuth(request));
    }
  });

  it("tells what has changed about the user since", async () => {
    const { RefreshToken, email: Username } = await signedIn();
    const UserAttributes = [{ Name: "name", Value: "Robert" }];
    await sdk.adminUpdateUserAttributes({ UserPoolId: pool, Username, UserAttributes });
    await sdk.adminAddUserToGroup({ UserPoolId: pool, Username, GroupName: "staff" });
    const { access, id } = tokensOf(await refresh(RefreshToken));
    expect(id.name).toBe("Robert");
    expect(access["cognito:groups"]).toEqual(["staff"]);
  });

  it("works again and again", async () => {
    const { RefreshToken } = await signedIn();
    for (let times = 0; times < 3; times += 1) tokensOf(await refresh(RefreshToken));
  });

  it.each([
    ["an invented token", () => "a.b.c.d.e"],
    [
      "a token that was changed in one character",
      (token: string) => `${token.slice(0, -1)}${token.endsWith("A") ? "B" : "A"}`,
    ],
  ])("refuses %s: NotAuthorizedException", async (_, bent) => {
    const { RefreshToken } = await signedIn();
    await notAuthorized(refresh(bent(RefreshToken)), INVALID);
  });

  it("refuses an access token in its place: NotAuthorizedException", async () => {
    const { AccessToken } = await signedIn();
    await notAuthorized(refresh(AccessToken));
  });

  it("refuses the token of another client: NotAuthorizedException", async () => {
    const { RefreshToken } = await signedIn();
    const other = await newClient();
    await notAuthorized(refresh(RefreshToken, other.id), OTHERS);
    const stranger = await createClient(target, await newPool());
    await notAuthorized(refresh(RefreshToken, stranger.id), INVALID);
  });

  it("is refused without a token: InvalidParameterException", async () => {
    const request = { ClientId: client.id, AuthFlow: "REFRESH_TOKEN_AUTH", AuthParameters: {} } as const;
    await invalidParameter(sdk.initiateAuth(request));
  });

  it("is refused to a disabled user, and to one who is enabled again: NotAuthorizedException", async () => {
    const { RefreshToken, AccessToken, email: Username } = await signedIn();
    await sdk.adminDisableUser({ UserPoolId: pool, Username });
    await notAuthorized(refresh(RefreshToken), "User is disabled.");
    await notAuthorized(who(AccessToken), "User is disabled.");
    await sdk.adminEnableUser({ UserPoolId: pool, Username });
    await notAuthorized(refresh(RefreshToken), "Refresh Token has been revoked");
    await tokensFor(Username);
  });

  it("is refused once the user is deleted, also when another has the address: NotAuthorizedException", async () => {
    const { RefreshToken, AccessToken, email } = await signedIn();
    await sdk.adminDeleteUser({ UserPoolId: pool, Username: email });
    for (const again of [false, true]) {
      if (again) await newUser({ email });
      await notAuthorized(refresh(RefreshToken), INVALID);
      await refused(who(AccessToken), "UserNotFoundException", "User does not exist.");
    }
  });

  it("is refused once the username is another's: NotAuthorizedException", async () => {
    const UserPoolId = await newPool({ UsernameAttributes: undefined });
    const { id } = await createClient(target, UserPoolId);
    const make = () => sdk.adminCreateUser({ UserPoolId, ...bob, MessageAction: "SUPPRESS" });
    const bob = { Username: "bob", TemporaryPassword: PASSWORD };
    const confirmed = { UserPoolId, Username: "bob", Password: PASSWORD, Permanent: true };
    await make();
    await sdk.adminSetUserPassword(confirmed);
    const { AccessToken, RefreshToken } = tokensOf(await signIn(target, UserPoolId, id, "bob"));
    await sdk.adminDeleteUser({ UserPoolId, Username: "bob" });
    await make();
    await notAuthorized(refresh(RefreshToken, id), INVALID);
    await notAuthorized(who(AccessToken), "Access Token has been revoked");
  });

  it.skipIf(!target.isOwn)("works for thirty days: NotAuthorizedException", async () => {
    const { RefreshToken, access } = await signedIn();
    await target.later(29.9 * 86_400, async () => {
      const next = tokensOf(await refresh(RefreshToken));
      expect(Number(next.access.iat) - Number(access.iat)).toBeGreaterThanOrEqual(29.9 * 86_400);
      expect(next.access.auth_time).toBe(access.auth_time);
    });
    await target.later(30 * 86_400, () => notAuthorized(refresh(RefreshToken), EXPIRED));
  });

  it.skipIf(!target.isOwn)("works for as long as the client says: NotAuthorizedException", async () => {
    const units = { RefreshTokenValidity: 1, TokenValidityUnits: { RefreshToken: "hours" as const } };
    const hourly = await newClient(units);
    const { RefreshToken } = await signedIn(hourly);
    await target.later(59 * 60, async () => tokensOf(await refresh(RefreshToken, hourly.id)));
    await target.later(3_600, () => notAuthorized(refresh(RefreshToken, hourly.id), EXPIRED));
  });

  it("of a client with a secret wants the hash over the username, not over the address", async () => {
    const { email } = await newUser();
    const first = { SECRET_HASH: secretHash(secretive, email) };
    const { RefreshToken, access } = tokensOf(await enterBy(secretive.id, email, PASSWORD, first));
    const username = String(access.username);
    tokensOf(await refresh(RefreshToken, secretive.id, { SECRET_HASH: secretHash(secretive, username) }));
    const words = `Unable to verify secret hash for client ${secretive.id}`;
    await notAuthorized(refresh(RefreshToken, secretive.id, first), words);
    await notAuthorized(refresh(RefreshToken, secretive.id));
  });
});

describe("GetTokensFromRefreshToken", () => {
  it("works without rotation, too, and gives no new refresh token then [unconfirmed]", async () => {
    const { RefreshToken } = await signedIn();
    for (let times = 0; times < 2; times += 1) {
      const answered = await exchange(RefreshToken, client.id);
      tokensOf(answered);
      expect(answered.AuthenticationResult?.RefreshToken).toBeUndefined();
    }
  });

  it("gives a new refresh token of the same family where the client rotates", async () => {
    const { RefreshToken, access } = await signedIn(rotating);
    const next = tokensOf(await exchange(RefreshToken, rotating.id));
    expect(next.RefreshToken).not.toBe("");
    expect(next.RefreshToken).not.toBe(RefreshToken);
    expect(next.access.origin_jti).toBe(access.origin_jti);
    tokensOf(await exchange(next.RefreshToken, rotating.id));
  });

  it("takes the place of REFRESH_TOKEN_AUTH there: that is refused", async () => {
    const { RefreshToken } = await signedIn(rotating);
    const outcome = await outcomeOf(refresh(RefreshToken, rotating.id));
    expect(["NotAuthorizedException", "InvalidParameterException"]).toContain(outcome);
  });

  it("takes its place also where the client rotates only since, for the tokens of before", async () => {
    const { id: ClientId } = await newClient();
    const update = (settings: object) =>
      sdk.updateUserPoolClient({ UserPoolId: pool, ClientId, ...settings });
    const { email } = await newUser();
    const { RefreshToken } = tokensOf(await enterBy(ClientId, email));
    const { RefreshTokenRotation } = rotationOf(0);
    const words =
      "ALLOW_REFRESH_TOKEN_AUTH is not a permitted ExplicitAuthFlow when refresh token rotation is enabled";
    const both = update({ RefreshTokenRotation, ExplicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH"] });
    await invalidParameter(both, words);
    // Without a word about flows they are the defaults, which refreshing is among.
    await update({ RefreshTokenRotation });
    await notAuthorized(refresh(RefreshToken, ClientId));
    expect(tokensOf(await exchange(RefreshToken, ClientId)).RefreshToken).not.toBe("");
  });

  it("takes the old token again within the grace, for another new one each time", async () => {
    const { RefreshToken } = await signedIn(rotating);
    const several = Array.from({ length: 5 }, () => exchange(RefreshToken, rotating.id));
    const next = (await Promise.all(several)).map((answered) => tokensOf(answered).RefreshToken);
    expect(new Set(next).size).toBe(5);
  });

  it("refuses the old token at once where there is no grace: RefreshTokenReuseException", async () => {
    let { RefreshToken, access } = await signedIn(strict);
    for (let times = 0; times < 2; times += 1) {
      const next = tokensOf(await exchange(RefreshToken, strict.id));
      await refused(exchange(RefreshToken, strict.id), "RefreshTokenReuseException");
      expect(next.access.sub).toBe(access.sub);
      ({ RefreshToken, access } = next);
    }
  });

  it("takes it once of many at once, where there is no grace", async () => {
    const { RefreshToken } = await signedIn(strict);
    const several = Array.from({ length: 5 }, () => exchange(RefreshToken, strict.id));
    expect(await countDone(several)).toBe(1);
  });

  it.skipIf(!target.isOwn)("refuses it after the grace, which its use did not prolong", async () => {
    const { RefreshToken } = await signedIn(rotating);
    const lost = tokensOf(await exchange(RefreshToken, rotating.id));
    const again = await target.later(20, () => exchange(RefreshToken, rotating.id));
    await target.later(30, async () => {
      await refused(exchange(RefreshToken, rotating.id), "RefreshTokenReuseException");
      // Whichever answer reached the client: both new ones are good.
      for (const next of [lost, tokensOf(again)]) tokensOf(await exchange(next.RefreshToken, rotating.id));
    });
  });

  it("refuses it when the client rotates no more, too: NotAuthorizedException", async () => {
    const { id: ClientId } = await newClient(rotationOf(0));
    const { email } = await newUser();
    const { RefreshToken } = tokensOf(await enterBy(ClientId, email));
    await exchange(RefreshToken, ClientId);
    const ExplicitAuthFlows = ["ALLOW_REFRESH_TOKEN_AUTH" as const];
    const RefreshTokenRotation = { Feature: "DISABLED" as const };
    await sdk.updateUserPoolClient({ UserPoolId: pool, ClientId, ExplicitAuthFlows, RefreshTokenRotation });
    await notAuthorized(refresh(RefreshToken, ClientId), INVALID);
  });

  it.skipIf(!target.isOwn)(
    "does not prolong the sign-in: it ends thirty days after its beginning",
    async () => {
      const { RefreshToken } = await signedIn(rotating);
      const next = await target.later(29 * 86_400, async () =>
        tokensOf(await exchange(RefreshToken, rotating.id)),
      );
      await target.later(31 * 86_400, () => notAuthorized(exchange(next.RefreshToken, rotating.id), EXPIRED));
    },
  );

  it("of a client with a secret wants the secret itself: NotAuthorizedException", async () => {
    const { email } = await newUser();
    const SECRET_HASH = secretHash(secretive, email);
    const { RefreshToken } = tokensOf(await enterBy(secretive.id, email, PASSWORD, { SECRET_HASH }));
    for (const secret of [undefined, "x".repeat(52)]) {
      await notAuthorized(exchange(RefreshToken, secretive.id, secret), "Invalid client secret");
    }
    tokensOf(await exchange(RefreshToken, secretive.id, secretive.secret));
  });

  it.each(["a.b.c.d.e", "nothing"])(
    "refuses the invented token %s: NotAuthorizedException",
    async (token) => {
      await notAuthorized(exchange(token, rotating.id), INVALID);
    },
  );

  it("refuses the token of another client: NotAuthorizedException", async () => {
    const { RefreshToken } = await signedIn(rotating);
    const attempt = exchange(RefreshToken, secretive.id, secretive.secret);
    await notAuthorized(attempt, OTHERS);
  });
});
