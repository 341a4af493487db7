import {
  AdminAddUserToGroupCommand,
  AdminInitiateAuthCommand,
  AdminRespondToAuthChallengeCommand,
  CreateGroupCommand,
  GetUserCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  createClient,
  createPool,
  createUser,
  PASSWORD,
  refresh,
  refused,
  signIn,
  startTestCognito,
  type TestCognito,
  tokensOf,
} from "./testing/cognito";
import type { TriggerEvent } from "./tokens/trigger";

const EMAIL = "alice@acme.example";
const arn = (name: string) => `arn:aws:lambda:ap-northeast-1:000000000000:function:${name}`;
const withTrigger = (name: string) => ({
  LambdaConfig: { PreTokenGenerationConfig: { LambdaVersion: "V2_0" as const, LambdaArn: arn(name) } },
});
const events: TriggerEvent[] = [];
let cognito: TestCognito;

beforeAll(async () => {
  cognito = await startTestCognito({
    [arn("recording")]: (event) => {
      events.push(event);
      return {
        ...event,
        response: {
          claimsAndScopeOverrideDetails: {
            accessTokenGeneration: {
              claimsToAddOrOverride: {
                "custom:tenant_id": "acme",
                plan: { seats: 3 },
                sub: "x",
                client_id: "x",
              },
              claimsToSuppress: ["exp", "username"],
              scopesToAdd: ["items/read"],
            },
            idTokenGeneration: { claimsToAddOrOverride: { team: "blue" }, claimsToSuppress: ["email"] },
            groupOverrideDetails: { groupsToOverride: ["chosen"] },
          },
        },
      };
    },
    [arn("throwing")]: () => {
      throw new Error("not today");
    },
    [arn("silent")]: () => undefined,
  });
});
afterAll(() => cognito.stop());

async function signedIn(poolOverrides = {}, clientOverrides = {}) {
  const { sdk } = cognito;
  const pool = await createPool(sdk, poolOverrides);
  const client = (await createClient(sdk, pool, clientOverrides)).id;
  const username = await createUser(sdk, pool, EMAIL);
  return { sdk, pool, client, username };
}

describe("tokens", () => {
  it("have Cognito's claims, and verify against the published keys", async () => {
    const { sdk, pool, client, username } = await signedIn();
    const now = Math.floor(cognito.clock.ms / 1_000);
    const { AccessToken, IdToken } = tokensOf(await signIn(sdk, pool, client, EMAIL));
    const issuer = `${cognito.url}/${pool}`;
    const keys = createRemoteJWKSet(new URL(`${issuer}/.well-known/jwks.json`));
    const uuid = expect.stringMatching(/^[0-9a-f-]{36}$/);
    const common = {
      sub: username,
      iss: issuer,
      auth_time: now,
      iat: now,
      exp: now + 3600,
      jti: uuid,
      origin_jti: uuid,
      event_id: uuid,
    };
    const access = await jwtVerify(AccessToken, keys);
    expect(access.payload).toEqual({
      ...common,
      token_use: "access",
      client_id: client,
      username,
      scope: "aws.cognito.signin.user.admin",
    });
    const id = await jwtVerify(IdToken, keys, { audience: client });
    expect(id.payload).toEqual({
      ...common,
      jti: uuid,
      token_use: "id",
      aud: client,
      "cognito:username": username,
      email: EMAIL,
      email_verified: true,
      "custom:tenant_id": "acme",
    });
    expect(Object.keys(access.protectedHeader).sort()).toEqual(["alg", "kid"]);
    // Each kind of token has its own key.
    expect(decodeProtectedHeader(IdToken).kid).not.toBe(decodeProtectedHeader(AccessToken).kid);
  });

  it("of the very first sign-ins of a pool, many at once, all verify against the published keys", async () => {
    const { sdk, pool, client } = await signedIn();
    const many = await Promise.all(Array.from({ length: 8 }, () => signIn(sdk, pool, client, EMAIL)));
    const keys = createRemoteJWKSet(new URL(`${cognito.url}/${pool}/.well-known/jwks.json`));
    for (const { AccessToken, IdToken } of many.map(tokensOf)) {
      await jwtVerify(AccessToken, keys);
      await jwtVerify(IdToken, keys);
    }
  });

  it("carry only what the client may read; unlisted, that is the standard attributes", async () => {
    const { sdk, pool, client } = await signedIn({}, { ReadAttributes: ["email"] });
    const few = tokensOf(await signIn(sdk, pool, client, EMAIL));
    expect(few.id).toMatchObject({ email: EMAIL });
    expect(few.id).not.toHaveProperty("email_verified");
    expect(few.id).not.toHaveProperty("custom:tenant_id");
    const seen = await sdk.send(new GetUserCommand({ AccessToken: few.AccessToken }));
    expect(seen.UserAttributes?.map(({ Name }) => Name).sort()).toEqual(["email", "sub"]);

    const unlisted = (await createClient(sdk, pool, { ReadAttributes: undefined })).id;
    const standard = tokensOf(await signIn(sdk, pool, unlisted, EMAIL));
    expect(standard.id).toMatchObject({ email: EMAIL, email_verified: true });
    expect(standard.id).not.toHaveProperty("custom:tenant_id");
  });

  it("name the user's groups, the strongest first, and their roles on the ID token", async () => {
    const { sdk, pool: UserPoolId, client } = await signedIn();
    const role = (name: string) => `arn:aws:iam::000000000000:role/${name}`;
    const groups: [string, number | undefined, string | undefined][] = [
      ["weak", undefined, undefined],
      ["second", 5, role("second")],
      ["first", 1, role("first")],
    ];
    for (const [GroupName, Precedence, RoleArn] of groups) {
      await sdk.send(new CreateGroupCommand({ UserPoolId, GroupName, Precedence, RoleArn }));
      await sdk.send(new AdminAddUserToGroupCommand({ UserPoolId, Username: EMAIL, GroupName }));
    }
    const { access, id } = tokensOf(await signIn(sdk, UserPoolId, client, EMAIL));
    expect(access["cognito:groups"]).toEqual(["first", "second", "weak"]);
    expect(access).not.toHaveProperty("cognito:roles");
    expect(id).toMatchObject({
      "cognito:groups": ["first", "second", "weak"],
      "cognito:roles": [role("first"), role("second")],
      "cognito:preferred_role": role("first"),
    });
  });

  it("live as long as the client says, and no client may say less than five minutes", async () => {
    const units = { AccessToken: "minutes", IdToken: "seconds" } as const;
    const settings = { AccessTokenValidity: 5, IdTokenValidity: 86_400, TokenValidityUnits: units };
    const { sdk, pool, client } = await signedIn({}, settings);
    const answer = await signIn(sdk, pool, client, EMAIL);
    const { access, id } = tokensOf(answer);
    expect(answer.AuthenticationResult?.ExpiresIn).toBe(300);
    expect(Number(access.exp) - Number(access.iat)).toBe(300);
    expect(Number(id.exp) - Number(id.iat)).toBe(86_400);
    for (const wrong of [
      { AccessTokenValidity: 4, TokenValidityUnits: { AccessToken: "minutes" as const } },
      { IdTokenValidity: 25 },
      { RefreshTokenValidity: 59, TokenValidityUnits: { RefreshToken: "minutes" as const } },
    ]) {
      await refused(
        createClient(sdk, pool, wrong),
        "InvalidParameterException",
        "Invalid range for token validity.",
      );
    }
  });

  it("are verifiable by an OpenID discovery", async () => {
    const { pool } = await signedIn();
    const found = await fetch(`${cognito.url}/${pool}/.well-known/openid-configuration`);
    const issuer = `${cognito.url}/${pool}`;
    expect(await found.json()).toMatchObject({ issuer, jwks_uri: `${issuer}/.well-known/jwks.json` });
    expect((await fetch(`${cognito.url}/ap-northeast-1_nonesuch/.well-known/jwks.json`)).status).toBe(404);
  });
});

describe("the pre-token-generation trigger", () => {
  it("changes claims and scopes, but none that say who the token is for", async () => {
    const { sdk, pool, client, username } = await signedIn(withTrigger("recording"));
    const { access, id } = tokensOf(await signIn(sdk, pool, client, EMAIL));
    expect(access).toMatchObject({
      "custom:tenant_id": "acme",
      plan: { seats: 3 },
      sub: username,
      username,
      client_id: client,
      scope: "aws.cognito.signin.user.admin items/read",
      exp: expect.any(Number),
      "cognito:groups": ["chosen"],
    });
    expect(id).toMatchObject({ team: "blue", "cognito:groups": ["chosen"] });
    expect(id).not.toHaveProperty("email");
  });

  it("is told the path by which the tokens come, and everything about the user", async () => {
    const { sdk, pool: UserPoolId, client: ClientId, username } = await signedIn(withTrigger("recording"));
    events.length = 0;
    const { RefreshToken } = tokensOf(await signIn(sdk, UserPoolId, ClientId, EMAIL));
    await refresh(sdk, UserPoolId, ClientId, RefreshToken);
    const USERNAME = "new@acme.example";
    await createUser(sdk, UserPoolId, USERNAME, { temporary: true });
    const { Session } = await sdk.send(
      new AdminInitiateAuthCommand({
        UserPoolId,
        ClientId,
        AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME, PASSWORD },
      }),
    );
    await sdk.send(
      new AdminRespondToAuthChallengeCommand({
        UserPoolId,
        ClientId,
        ChallengeName: "NEW_PASSWORD_REQUIRED",
        Session,
        ChallengeResponses: { USERNAME, NEW_PASSWORD: "Another-horse-2" },
        ClientMetadata: { from: "test" },
      }),
    );
    expect(events.map((event) => event.triggerSource)).toEqual([
      "TokenGeneration_Authentication",
      "TokenGeneration_RefreshTokens",
      "TokenGeneration_NewPasswordChallenge",
    ]);
    expect(events[0]).toMatchObject({
      version: "2",
      region: "ap-northeast-1",
      userPoolId: UserPoolId,
      userName: username,
      callerContext: { clientId: ClientId },
      request: {
        userAttributes: {
          sub: username,
          email: EMAIL,
          email_verified: "true",
          "custom:tenant_id": "acme",
          "cognito:user_status": "CONFIRMED",
        },
        groupConfiguration: { groupsToOverride: [], iamRolesToOverride: [], preferredRole: null },
        scopes: ["aws.cognito.signin.user.admin"],
      },
    });
    expect(events[2]).toMatchObject({ request: { clientMetadata: { from: "test" } } });
  });

  it("that fails, fails the sign-in with the exception of its failure", async () => {
    for (const [name, exception, message] of [
      ["throwing", "UserLambdaValidationException", "PreTokenGeneration failed with error not today."],
      ["silent", "InvalidLambdaResponseException", "Unrecognizable lambda output"],
      ["missing", "UnexpectedLambdaException", undefined],
    ] as const) {
      const { sdk, pool, client } = await signedIn(withTrigger(name));
      await refused(signIn(sdk, pool, client, EMAIL), exception, message);
    }
  });

  it("of another version is refused when the pool is made, and not ignored", async () => {
    const PreTokenGenerationConfig = { LambdaVersion: "V3_0" as const, LambdaArn: arn("recording") };
    await refused(
      createPool(cognito.sdk, { LambdaConfig: { PreTokenGenerationConfig } }),
      "InvalidParameterException",
    );
  });
});
