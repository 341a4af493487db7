import {
  AdminAddUserToGroupCommand,
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  AdminInitiateAuthCommand,
  AdminUpdateUserAttributesCommand,
  CreateGroupCommand,
  GetTokensFromRefreshTokenCommand,
  InitiateAuthCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type ContractClient,
  createClient,
  createPool,
  createUser,
  PASSWORD,
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
let strict: ContractClient;
const rotationOf = (RetryGracePeriodSeconds: number) => ({
  ExplicitAuthFlows: ["ALLOW_ADMIN_USER_PASSWORD_AUTH" as const],
  RefreshTokenRotation: { Feature: "ENABLED" as const, RetryGracePeriodSeconds },
});
beforeAll(async () => {
  pool = await createPool(target);
  client = await createClient(target, pool);
  secretive = await createClient(target, pool, { GenerateSecret: true });
  rotating = await createClient(target, pool, rotationOf(30));
  strict = await createClient(target, pool, rotationOf(0));
  await sdk.send(new CreateGroupCommand({ UserPoolId: pool, GroupName: "staff" }));
});
afterAll(() => target.close());

async function signedIn(of = client, more: Record<string, string> = {}) {
  const user = await createUser(target, pool);
  return { ...user, ...tokensOf(await signIn(target, pool, of.id, user.email, PASSWORD, more)) };
}
const refresh = (REFRESH_TOKEN: string, ClientId = client.id, more: Record<string, string> = {}) =>
  sdk.send(
    new InitiateAuthCommand({
      ClientId,
      AuthFlow: "REFRESH_TOKEN_AUTH",
      AuthParameters: { REFRESH_TOKEN, ...more },
    }),
  );
const exchange = (RefreshToken: string, ClientId: string, ClientSecret?: string) =>
  sdk.send(new GetTokensFromRefreshTokenCommand({ ClientId, RefreshToken, ClientSecret }));

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
      tokensOf(await sdk.send(new AdminInitiateAuthCommand(request)));
    }
  });

  it("tells what has changed about the user since", async () => {
    const { RefreshToken, email: Username } = await signedIn();
    const UserAttributes = [{ Name: "name", Value: "Robert" }];
    await sdk.send(new AdminUpdateUserAttributesCommand({ UserPoolId: pool, Username, UserAttributes }));
    await sdk.send(new AdminAddUserToGroupCommand({ UserPoolId: pool, Username, GroupName: "staff" }));
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
    await refused(refresh(bent(RefreshToken)), "NotAuthorizedException");
  });

  it("refuses an access token in its place: NotAuthorizedException", async () => {
    const { AccessToken } = await signedIn();
    await refused(refresh(AccessToken), "NotAuthorizedException");
  });

  it("refuses the token of another client: NotAuthorizedException", async () => {
    const { RefreshToken } = await signedIn();
    const other = await createClient(target, pool);
    await refused(refresh(RefreshToken, other.id), "NotAuthorizedException");
  });

  it("is refused without a token: InvalidParameterException", async () => {
    const request = { ClientId: client.id, AuthFlow: "REFRESH_TOKEN_AUTH", AuthParameters: {} } as const;
    await refused(sdk.send(new InitiateAuthCommand(request)), "InvalidParameterException");
  });

  it.each([
    ["disabled", AdminDisableUserCommand],
    ["deleted", AdminDeleteUserCommand],
  ])("is refused once the user is %s: NotAuthorizedException", async (_, Command) => {
    const { RefreshToken, email: Username } = await signedIn();
    await sdk.send(new Command({ UserPoolId: pool, Username }));
    await refused(refresh(RefreshToken), "NotAuthorizedException");
  });

  it.skipIf(!target.isOwn)("works for thirty days: NotAuthorizedException", async () => {
    const { RefreshToken } = await signedIn();
    await target.later(29.9 * 86_400, async () => tokensOf(await refresh(RefreshToken)));
    await target.later(30.1 * 86_400, () =>
      refused(refresh(RefreshToken), "NotAuthorizedException", /expired/),
    );
  });

  it("of a client with a secret wants the hash over the username, not over the address", async () => {
    const { email } = await createUser(target, pool);
    const first = { SECRET_HASH: secretHash(secretive, email) };
    const { RefreshToken, access } = tokensOf(
      await signIn(target, pool, secretive.id, email, PASSWORD, first),
    );
    const username = String(access.username);
    tokensOf(await refresh(RefreshToken, secretive.id, { SECRET_HASH: secretHash(secretive, username) }));
    await refused(refresh(RefreshToken, secretive.id, first), "NotAuthorizedException");
    await refused(refresh(RefreshToken, secretive.id), "NotAuthorizedException");
  });
});

describe("GetTokensFromRefreshToken", () => {
  it("works without rotation, too, and gives no new refresh token then [unconfirmed]", async () => {
    const { RefreshToken } = await signedIn();
    const { AuthenticationResult } = await exchange(RefreshToken, client.id);
    expect(AuthenticationResult?.AccessToken).toEqual(expect.any(String));
    expect(AuthenticationResult?.RefreshToken).toBeUndefined();
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
    const outcome = await refresh(RefreshToken, rotating.id).then(
      () => "done",
      (error: Error) => error.name,
    );
    expect(["NotAuthorizedException", "InvalidParameterException"]).toContain(outcome);
  });

  it("takes the old token again within the grace", async () => {
    const { RefreshToken } = await signedIn(rotating);
    tokensOf(await exchange(RefreshToken, rotating.id));
    tokensOf(await exchange(RefreshToken, rotating.id));
  });

  it("refuses the old token at once where there is no grace: RefreshTokenReuseException", async () => {
    const { RefreshToken } = await signedIn(strict);
    tokensOf(await exchange(RefreshToken, strict.id));
    await refused(exchange(RefreshToken, strict.id), "RefreshTokenReuseException");
  });

  it.skipIf(!target.isOwn)("refuses it after the grace: RefreshTokenReuseException", async () => {
    const { RefreshToken } = await signedIn(rotating);
    const next = tokensOf(await exchange(RefreshToken, rotating.id));
    await target.later(31, async () => {
      await refused(exchange(RefreshToken, rotating.id), "RefreshTokenReuseException");
      tokensOf(await exchange(next.RefreshToken, rotating.id));
    });
  });

  it.skipIf(!target.isOwn)(
    "does not prolong the sign-in: it ends thirty days after its beginning",
    async () => {
      const { RefreshToken } = await signedIn(rotating);
      const next = await target.later(29 * 86_400, async () =>
        tokensOf(await exchange(RefreshToken, rotating.id)),
      );
      await target.later(31 * 86_400, () =>
        refused(exchange(next.RefreshToken, rotating.id), "NotAuthorizedException"),
      );
    },
  );

  it("of a client with a secret wants the secret itself: NotAuthorizedException", async () => {
    const { email } = await createUser(target, pool);
    const SECRET_HASH = secretHash(secretive, email);
    const { RefreshToken } = tokensOf(
      await signIn(target, pool, secretive.id, email, PASSWORD, { SECRET_HASH }),
    );
    await refused(exchange(RefreshToken, secretive.id), "NotAuthorizedException");
    await refused(exchange(RefreshToken, secretive.id, "x".repeat(52)), "NotAuthorizedException");
    tokensOf(await exchange(RefreshToken, secretive.id, secretive.secret));
  });

  it.each(["a.b.c.d.e", "nothing"])(
    "refuses the invented token %s: NotAuthorizedException",
    async (token) => {
      await refused(exchange(token, rotating.id), "NotAuthorizedException");
    },
  );
});
