import { createHmac } from "node:crypto";
import {
  AdminDisableUserCommand,
  AdminInitiateAuthCommand,
  AdminRespondToAuthChallengeCommand,
  AdminSetUserPasswordCommand,
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
} from "@aws-sdk/client-cognito-identity-provider";
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

const WRONG = "Incorrect username or password.";
let cognito: TestCognito;
let pool: string;
let client: string;

beforeAll(async () => {
  cognito = await startTestCognito();
  pool = await createPool(cognito.sdk);
  client = (await createClient(cognito.sdk, pool)).id;
  await createUser(cognito.sdk, pool, "bob@acme.example");
});
afterAll(() => cognito.stop());

const secretHash = (secret: string, username: string, id: string) =>
  createHmac("sha256", secret).update(`${username}${id}`).digest("base64");

describe("the flows of a client", () => {
  it("signs in with ADMIN_USER_PASSWORD_AUTH and under its old name", async () => {
    const { sdk } = cognito;
    for (const AuthFlow of ["ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"] as const) {
      const AuthParameters = { USERNAME: "bob@acme.example", PASSWORD };
      const answer = await sdk.send(
        new AdminInitiateAuthCommand({ UserPoolId: pool, ClientId: client, AuthFlow, AuthParameters }),
      );
      expect(answer.AuthenticationResult).toMatchObject({ TokenType: "Bearer", ExpiresIn: 3600 });
      expect(answer.ChallengeParameters).toEqual({});
    }
  });

  it("refuses a flow that the client does not allow", async () => {
    const { sdk } = cognito;
    const { id } = await createClient(sdk, pool, { ExplicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH"] });
    const message = "Auth flow not enabled for this client";
    await refused(signIn(sdk, pool, id, "bob@acme.example"), "InvalidParameterException", message);
    const AuthParameters = { USERNAME: "bob@acme.example", PASSWORD };
    await refused(
      sdk.send(new InitiateAuthCommand({ ClientId: id, AuthFlow: "USER_PASSWORD_AUTH", AuthParameters })),
      "InvalidParameterException",
      "USER_PASSWORD_AUTH flow not enabled for this client",
    );
  });

  it("lets a client with the old setting names sign in and refresh", async () => {
    const { sdk } = cognito;
    const { id } = await createClient(sdk, pool, { ExplicitAuthFlows: ["ADMIN_NO_SRP_AUTH"] });
    const { RefreshToken } = tokensOf(await signIn(sdk, pool, id, "bob@acme.example"));
    expect((await refresh(sdk, pool, id, RefreshToken)).AuthenticationResult?.AccessToken).toBeTruthy();
  });

  it("refuses old and new setting names together", async () => {
    const ExplicitAuthFlows = ["ADMIN_NO_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"] as const;
    await refused(
      createClient(cognito.sdk, pool, { ExplicitAuthFlows: [...ExplicitAuthFlows] }),
      "InvalidParameterException",
    );
  });

  it("keeps the admin flow out of InitiateAuth, and the refused SRP flow says so", async () => {
    const { sdk } = cognito;
    const AuthParameters = { USERNAME: "bob@acme.example", PASSWORD, SRP_A: "1" };
    for (const [AuthFlow, message] of [
      ["ADMIN_USER_PASSWORD_AUTH", "Initiate Auth method not supported."],
      ["USER_SRP_AUTH", "The local Cognito does not support the auth flow USER_SRP_AUTH."],
    ] as const) {
      await refused(
        sdk.send(new InitiateAuthCommand({ ClientId: client, AuthFlow, AuthParameters })),
        "InvalidParameterException",
        message,
      );
    }
  });

  it("signs in with USER_PASSWORD_AUTH when the client allows it", async () => {
    const { sdk } = cognito;
    const { id } = await createClient(sdk, pool, { ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"] });
    const AuthParameters = { USERNAME: "bob@acme.example", PASSWORD };
    const answer = await sdk.send(
      new InitiateAuthCommand({ ClientId: id, AuthFlow: "USER_PASSWORD_AUTH", AuthParameters }),
    );
    expect(answer.AuthenticationResult?.RefreshToken).toBeTruthy();
  });

  it("asks for what is missing", async () => {
    const { sdk } = cognito;
    const ask = (AuthParameters: Record<string, string>) =>
      sdk.send(
        new AdminInitiateAuthCommand({
          UserPoolId: pool,
          ClientId: client,
          AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
          AuthParameters,
        }),
      );
    await refused(ask({}), "InvalidParameterException", "Missing required parameter USERNAME");
    await refused(ask({ USERNAME: "x" }), "InvalidParameterException", "Missing required parameter PASSWORD");
  });

  it("does not know a client of another pool", async () => {
    const { sdk } = cognito;
    const other = await createPool(sdk);
    await refused(
      signIn(sdk, other, client, "bob@acme.example"),
      "ResourceNotFoundException",
      `User pool client ${client} does not exist.`,
    );
    await refused(
      signIn(sdk, "ap-northeast-1_nonesuch", client, "x"),
      "ResourceNotFoundException",
      "User pool ap-northeast-1_nonesuch does not exist.",
    );
  });
});

describe("who signs in", () => {
  it("finds a person by e-mail in any case, and by the sub", async () => {
    const { sdk } = cognito;
    const { access } = tokensOf(await signIn(sdk, pool, client, "BOB@Acme.Example"));
    expect((await signIn(sdk, pool, client, String(access.sub))).AuthenticationResult).toBeDefined();
  });

  it("says that a user does not exist only where the client has not asked to hide it", async () => {
    const { sdk } = cognito;
    const hiding = await createClient(sdk, pool, { PreventUserExistenceErrors: "ENABLED" });
    await refused(signIn(sdk, pool, client, "x@y.example"), "UserNotFoundException", "User does not exist.");
    await refused(signIn(sdk, pool, hiding.id, "x@y.example"), "NotAuthorizedException", WRONG);
    await refused(signIn(sdk, pool, hiding.id, "bob@acme.example", "nope"), "NotAuthorizedException", WRONG);
  });

  it("spends the same work on a user who does not exist", async () => {
    const { sdk } = cognito;
    const { id } = await createClient(sdk, pool, { PreventUserExistenceErrors: "ENABLED" });
    const fastest = new Map<string, number>();
    // In turns, and the fastest of many: whatever else the machine does makes both slower, and neither faster.
    // A name is used four times only: the fifth would be answered by the lockout.
    for (let round = 0; round < 20; round++) {
      const number = Math.floor(round / 4);
      if (round % 4 === 0) await createUser(sdk, pool, `known${number}@acme.example`);
      for (const who of ["known", "unknown"]) {
        const start = performance.now();
        await signIn(sdk, pool, id, `${who}${number}@acme.example`, "nope").catch(() => undefined);
        fastest.set(who, Math.min(fastest.get(who) ?? Number.POSITIVE_INFINITY, performance.now() - start));
      }
    }
    const [known = 0, unknown = 0] = fastest.values();
    // Without the work it would be a third or less of the other.
    expect(unknown / known).toBeGreaterThan(0.6);
    expect(unknown / known).toBeLessThan(1.7);
  });

  it("tells that an account is disabled only to who knows its password", async () => {
    const { sdk } = cognito;
    await createUser(sdk, pool, "gone@acme.example");
    await sdk.send(new AdminDisableUserCommand({ UserPoolId: pool, Username: "gone@acme.example" }));
    await refused(
      signIn(sdk, pool, client, "gone@acme.example"),
      "NotAuthorizedException",
      "User is disabled.",
    );
    await refused(signIn(sdk, pool, client, "gone@acme.example", "nope"), "NotAuthorizedException", WRONG);
    const invited = { UserPoolId: pool, Username: "invited@acme.example" };
    await createUser(sdk, pool, invited.Username, { temporary: true });
    await sdk.send(new AdminDisableUserCommand(invited));
    await refused(signIn(sdk, pool, client, invited.Username), "NotAuthorizedException", "User is disabled.");
  });
});

describe("a client with a secret", () => {
  it("refuses a missing or wrong SECRET_HASH and accepts the right one, on sign-in and refresh", async () => {
    const { sdk } = cognito;
    const { id, secret } = await createClient(sdk, pool, { GenerateSecret: true });
    const email = "bob@acme.example";
    await refused(
      signIn(sdk, pool, id, email),
      "NotAuthorizedException",
      `Client ${id} is configured with secret but SECRET_HASH was not received`,
    );
    const wrong = `Unable to verify secret hash for client ${id}`;
    const others = secretHash(secret, "carol@acme.example", id);
    await refused(
      signIn(sdk, pool, id, email, PASSWORD, { SECRET_HASH: others }),
      "NotAuthorizedException",
      wrong,
    );

    const SECRET_HASH = secretHash(secret, email, id);
    const { RefreshToken, access } = tokensOf(await signIn(sdk, pool, id, email, PASSWORD, { SECRET_HASH }));
    await refused(refresh(sdk, pool, id, RefreshToken), "NotAuthorizedException");
    // On refresh it goes over the real username, which is the sub, and not over the e-mail.
    await refused(refresh(sdk, pool, id, RefreshToken, { SECRET_HASH }), "NotAuthorizedException", wrong);
    const bySub = secretHash(secret, String(access.sub), id);
    expect(
      (await refresh(sdk, pool, id, RefreshToken, { SECRET_HASH: bySub })).AuthenticationResult,
    ).toBeDefined();
  });

  it("wants it in answers to challenges too", async () => {
    const { sdk } = cognito;
    const { id, secret } = await createClient(sdk, pool, { GenerateSecret: true });
    const USERNAME = "secretive@acme.example";
    await createUser(sdk, pool, USERNAME, { temporary: true });
    const SECRET_HASH = secretHash(secret, USERNAME, id);
    const { Session } = await signIn(sdk, pool, id, USERNAME, PASSWORD, { SECRET_HASH });
    const answer = (ChallengeResponses: Record<string, string>) =>
      sdk.send(
        new AdminRespondToAuthChallengeCommand({
          UserPoolId: pool,
          ClientId: id,
          ChallengeName: "NEW_PASSWORD_REQUIRED",
          Session,
          ChallengeResponses: { USERNAME, NEW_PASSWORD: "Another-horse-2", ...ChallengeResponses },
        }),
      );
    await refused(answer({}), "NotAuthorizedException");
    expect((await answer({ SECRET_HASH })).AuthenticationResult?.AccessToken).toBeTruthy();
  });
});

describe("a temporary password", () => {
  const next = "Another-horse-2";
  const begin = async (email: string) => {
    await createUser(cognito.sdk, pool, email, { temporary: true });
    return await signIn(cognito.sdk, pool, client, email);
  };
  const answer = (
    USERNAME: string,
    Session: string | undefined,
    responses: Record<string, string> = {},
    ClientId = client,
  ) =>
    cognito.sdk.send(
      new AdminRespondToAuthChallengeCommand({
        UserPoolId: pool,
        ClientId,
        ChallengeName: "NEW_PASSWORD_REQUIRED",
        Session,
        ChallengeResponses: { USERNAME, NEW_PASSWORD: next, ...responses },
      }),
    );

  it("must be replaced, and the new one then signs in", async () => {
    const email = "dave@globex.example";
    const challenge = await begin(email);
    expect(challenge.ChallengeName).toBe("NEW_PASSWORD_REQUIRED");
    expect(challenge.AuthenticationResult).toBeUndefined();
    const { userAttributes, requiredAttributes, USER_ID_FOR_SRP } = challenge.ChallengeParameters ?? {};
    expect(JSON.parse(userAttributes ?? "")).toMatchObject({ email, email_verified: "true" });
    expect(requiredAttributes).toBe("[]");
    expect(USER_ID_FOR_SRP).toMatch(/^[0-9a-f-]{36}$/);
    const { access } = tokensOf(await answer(email, challenge.Session));
    expect(access.username).toBe(USER_ID_FOR_SRP);
    await refused(signIn(cognito.sdk, pool, client, email), "NotAuthorizedException", WRONG);
    expect((await signIn(cognito.sdk, pool, client, email, next)).AuthenticationResult).toBeDefined();
  });

  it("may be answered through RespondToAuthChallenge", async () => {
    const email = "direct@globex.example";
    const { Session } = await begin(email);
    const response = await cognito.sdk.send(
      new RespondToAuthChallengeCommand({
        ClientId: client,
        ChallengeName: "NEW_PASSWORD_REQUIRED",
        Session,
        ChallengeResponses: { USERNAME: email, NEW_PASSWORD: next },
      }),
    );
    expect(response.AuthenticationResult?.IdToken).toBeTruthy();
  });

  it("has a session that stays open after a weak password, and works once", async () => {
    const email = "once@globex.example";
    const { Session } = await begin(email);
    await refused(
      answer(email, Session, { NEW_PASSWORD: "short" }),
      "InvalidPasswordException",
      "Password did not conform with policy: Password not long enough",
    );
    expect((await answer(email, Session)).AuthenticationResult).toBeDefined();
    await refused(
      answer(email, Session),
      "NotAuthorizedException",
      "Invalid session for the user, session can only be used once.",
    );
  });

  it("has a session that only one of two racing answers can use", async () => {
    const email = "race@globex.example";
    const { Session } = await begin(email);
    const results = await Promise.allSettled([answer(email, Session), answer(email, Session)]);
    expect(results.map((result) => result.status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  it("has a session that is bound to the user and the client, and cannot be invented", async () => {
    const { sdk } = cognito;
    const email = "bound@globex.example";
    const { Session } = await begin(email);
    await begin("other@globex.example");
    const twin = await createClient(sdk, pool);
    const invalid = "Invalid session for the user.";
    await refused(answer("other@globex.example", Session), "NotAuthorizedException", invalid);
    await refused(answer(email, Session, {}, twin.id), "NotAuthorizedException", invalid);
    await refused(answer(email, "made-up-session-of-some-length"), "NotAuthorizedException", invalid);
    expect((await answer(email, Session)).AuthenticationResult).toBeDefined();
  });

  it("has a session that lasts three minutes, or what the client says", async () => {
    const { sdk, clock } = cognito;
    const patient = await createClient(sdk, pool, { AuthSessionValidity: 15 });
    const short = await begin("late@globex.example");
    await createUser(sdk, pool, "later@globex.example", { temporary: true });
    const long = await signIn(sdk, pool, patient.id, "later@globex.example");
    clock.advance({ minutes: 3 });
    const expired = "Invalid session for the user, session is expired.";
    await refused(answer("late@globex.example", short.Session), "NotAuthorizedException", expired);
    const inTime = await answer("later@globex.example", long.Session, {}, patient.id);
    expect(inTime.AuthenticationResult).toBeDefined();
  });

  it("stops working after the pool's days", async () => {
    const email = "stale@globex.example";
    await createUser(cognito.sdk, pool, email, { temporary: true });
    cognito.clock.advance({ days: 7 });
    await refused(
      signIn(cognito.sdk, pool, client, email),
      "NotAuthorizedException",
      "Temporary password has expired and must be reset by an administrator.",
    );
    await cognito.sdk.send(
      new AdminSetUserPasswordCommand({
        UserPoolId: pool,
        Username: email,
        Password: PASSWORD,
        Permanent: false,
      }),
    );
    expect((await signIn(cognito.sdk, pool, client, email)).ChallengeName).toBe("NEW_PASSWORD_REQUIRED");
  });

  it("is no way to write an attribute that the client may not write or that is there already", async () => {
    const email = "writer@globex.example";
    const { Session } = await begin(email);
    await refused(
      answer(email, Session, { "userAttributes.custom:tenant_id": "globex" }),
      "NotAuthorizedException",
      "A client attempted to write unauthorized attribute",
    );
    await refused(
      answer(email, Session, { "userAttributes.email": "new@globex.example" }),
      "NotAuthorizedException",
      "Cannot modify an already provided email",
    );
    const { id } = tokensOf(await answer(email, Session, { "userAttributes.name": "Wendy" }));
    // "name" is written and not read: the client's ReadAttributes leave it out.
    expect(id.name).toBeUndefined();
  });
});
