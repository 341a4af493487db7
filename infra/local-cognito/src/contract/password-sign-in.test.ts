import type { AuthFlowType } from "@aws-sdk/client-cognito-identity-provider";
import { describe, expect, it } from "vitest";
import { openBench } from "./bench";
import { createUser, newEmail, OTHER_PASSWORD, PASSWORD, secretHash, signIn, tokensOf } from "./pool";
import { invalidParameter, notAuthorized, refused } from "./refusal";

const { target, sdk, pool, client, newPool, newClient, newUser, enter, enterBy, tokensFor, refreshBy } =
  await openBench({ PreventUserExistenceErrors: "LEGACY" });
const hiding = await newClient({ PreventUserExistenceErrors: "ENABLED" });
const secretive = await newClient({ GenerateSecret: true });
const bob = await newUser();

const usual = { USERNAME: bob.email, PASSWORD, SRP_A: "a", REFRESH_TOKEN: "a.b.c" };
const byFlow = (AuthFlow: AuthFlowType, ClientId = client.id, AuthParameters: object = usual) =>
  sdk.initiateAuth({ ClientId, AuthFlow, AuthParameters: { ...AuthParameters } });
const byAdminFlow = (AuthFlow: AuthFlowType, ClientId = client.id) =>
  sdk.adminInitiateAuth({ UserPoolId: pool, ClientId, AuthFlow, AuthParameters: usual });
const publicly = (ClientId: string, USERNAME: string, password = PASSWORD, more: object = {}) =>
  byFlow("USER_PASSWORD_AUTH", ClientId, { USERNAME, PASSWORD: password, ...more });

const WRONG = "Incorrect username or password.";

describe("a right password", () => {
  it("gives three tokens of the type Bearer, by ADMIN_USER_PASSWORD_AUTH", async () => {
    const { AuthenticationResult, ChallengeName, ChallengeParameters, Session } = await enter(bob.email);
    expect(AuthenticationResult).toMatchObject({
      AccessToken: expect.any(String),
      IdToken: expect.any(String),
      RefreshToken: expect.any(String),
      TokenType: "Bearer",
      ExpiresIn: 3600,
    });
    expect([ChallengeName, ChallengeParameters, Session]).toEqual([undefined, {}, undefined]);
  });

  it("gives them by USER_PASSWORD_AUTH, too", async () => {
    tokensOf(await publicly(client.id, bob.email));
  });

  it("gives them by the old name ADMIN_NO_SRP_AUTH", async () => {
    tokensOf(await byAdminFlow("ADMIN_NO_SRP_AUTH"));
  });

  it("gives and refreshes them where the client has the old names of the settings", async () => {
    const { id } = await newClient({ ExplicitAuthFlows: ["ADMIN_NO_SRP_AUTH"] });
    const { RefreshToken } = tokensOf(await enterBy(id, bob.email));
    tokensOf(await refreshBy(id, RefreshToken));
  });

  it("gives them for the sub in place of the address, and for the address in any case", async () => {
    for (const name of [bob.username, bob.email.toUpperCase()]) {
      expect((await tokensFor(name)).access.sub).toBe(bob.username);
    }
  });
});

describe("a wrong password", () => {
  it("is a NotAuthorizedException", async () => {
    await notAuthorized(enter(bob.email, OTHER_PASSWORD), WRONG);
    await notAuthorized(publicly(client.id, bob.email, OTHER_PASSWORD));
    await tokensFor(bob.email);
  });

  it.each(["correct-horse-1", " Correct-horse-1", "Correct-horse-1 ", "Correct-horse"])(
    "is %j beside the right one",
    async (password) => {
      const { email } = await newUser();
      await notAuthorized(enter(email, password));
    },
  );
});

describe("a name that does not exist", () => {
  it("is a UserNotFoundException where the client does not hide it", async () => {
    await refused(publicly(client.id, newEmail()), "UserNotFoundException", "User does not exist.");
  });

  it("is the NotAuthorizedException of a wrong password where it does, to the letter", async () => {
    await notAuthorized(publicly(hiding.id, newEmail()), WRONG);
    await notAuthorized(publicly(hiding.id, bob.email, OTHER_PASSWORD), WRONG);
    tokensOf(await publicly(hiding.id, bob.email));
  });
});

describe("who may not sign in", () => {
  it("is a disabled user: NotAuthorizedException", async () => {
    for (const temporary of [false, true]) {
      const { email: Username } = await newUser({ temporary });
      await sdk.adminDisableUser({ UserPoolId: pool, Username });
      await notAuthorized(publicly(client.id, Username), "User is disabled.");
    }
  });

  const newcomer = async (Username: string) =>
    sdk.signUp({ ClientId: client.id, Username, Password: PASSWORD });
  const forgetful = async (email: string) => {
    await newUser({ email });
    await sdk.adminResetUserPassword({ UserPoolId: pool, Username: email });
  };
  const deleted = async (email: string) => {
    await newUser({ email });
    await sdk.adminDeleteUser({ UserPoolId: pool, Username: email });
  };
  const stranger = async (email: string) => createUser(target, await newPool(), { email });
  it.each([
    ["who has not confirmed the sign-up", "UserNotConfirmedException", newcomer],
    ["whose password an administrator has reset", "PasswordResetRequiredException", forgetful],
    ["a deleted user", "UserNotFoundException", deleted],
    ["a user of another pool", "UserNotFoundException", stranger],
  ])("is %s: %s", async (_, name, make) => {
    const email = newEmail();
    await make(email);
    await refused(publicly(client.id, email), name);
  });

  it("is not told apart before the password was right", async () => {
    const { email: Username } = await newUser();
    await sdk.adminDisableUser({ UserPoolId: pool, Username });
    await notAuthorized(publicly(client.id, Username, OTHER_PASSWORD), WRONG);
  });

  it.skipIf(!target.isOwn)("is who let the temporary password expire: NotAuthorizedException", async () => {
    const { email: Username } = await newUser({ temporary: true });
    const expired = "Temporary password has expired and must be reset by an administrator.";
    await target.later(7 * 86_400 + 1, async () => {
      await notAuthorized(enter(Username), expired);
      await sdk.adminSetUserPassword({ UserPoolId: pool, Username, Password: PASSWORD });
      expect((await enter(Username)).ChallengeName).toBe("NEW_PASSWORD_REQUIRED");
    });
  });
});

describe("a client with a secret", () => {
  it("signs in with the hash of name and client id under it", async () => {
    const SECRET_HASH = secretHash(secretive, bob.email);
    tokensOf(await enterBy(secretive.id, bob.email, PASSWORD, { SECRET_HASH }));
    tokensOf(await publicly(secretive.id, bob.email, PASSWORD, { SECRET_HASH }));
  });

  it.each<[string, () => Record<string, string>]>([
    ["with that of another name", () => ({ SECRET_HASH: secretHash(secretive, "x@acme.example") })],
    [
      "with that of another client",
      () => ({ SECRET_HASH: secretHash({ ...secretive, id: client.id }, bob.email) }),
    ],
    ["with the secret itself", () => ({ SECRET_HASH: secretive.secret })],
  ])("is refused %s: NotAuthorizedException", async (_, more) => {
    const words = `Unable to verify secret hash for client ${secretive.id}`;
    await notAuthorized(publicly(secretive.id, bob.email, PASSWORD, more()), words);
  });

  it("is refused without a hash: NotAuthorizedException", async () => {
    const words = `Client ${secretive.id} is configured with secret but SECRET_HASH was not received`;
    await notAuthorized(publicly(secretive.id, bob.email), words);
  });

  it("is told about the hash before the password is looked at", async () => {
    const attempt = publicly(secretive.id, bob.email, OTHER_PASSWORD, { SECRET_HASH: "AAAA" });
    await notAuthorized(attempt, /[Ss]ecret/i);
  });
});

describe("a flow", () => {
  it.each<AuthFlowType>(["ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"])(
    "for administrators, %s, is refused to InitiateAuth: InvalidParameterException",
    async (flow) => {
      await invalidParameter(byFlow(flow), "Initiate Auth method not supported.");
    },
  );

  it("for users is refused to AdminInitiateAuth: InvalidParameterException", async () => {
    await invalidParameter(byAdminFlow("USER_PASSWORD_AUTH"));
  });

  it.each<[AuthFlowType, "ALLOW_REFRESH_TOKEN_AUTH" | "ALLOW_ADMIN_USER_PASSWORD_AUTH"]>([
    ["USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH"],
    ["REFRESH_TOKEN_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH"],
    ["USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
  ])("%s is refused to a client that allows only %s: InvalidParameterException", async (flow, allowed) => {
    const limited = await newClient({ ExplicitAuthFlows: [allowed] });
    const words = flow === "USER_PASSWORD_AUTH" ? `${flow} flow` : "Auth flow";
    await invalidParameter(byFlow(flow, limited.id), `${words} not enabled for this client`);
  });

  it("for administrators is refused to a client that does not allow it: InvalidParameterException", async () => {
    const { id } = await newClient({ ExplicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH"] });
    const attempt = byAdminFlow("ADMIN_USER_PASSWORD_AUTH", id);
    await invalidParameter(attempt, "Auth flow not enabled for this client");
  });

  it.each<AuthFlowType>(["USER_SRP_AUTH", "CUSTOM_AUTH"])(
    "%s is refused to a client that does not allow it: InvalidParameterException",
    async (flow) => {
      await invalidParameter(byFlow(flow));
    },
  );

  it("that does not exist is refused: InvalidParameterException", async () => {
    await invalidParameter(byFlow("MAGIC" as AuthFlowType));
  });

  it.each(["USERNAME", "PASSWORD"])("without %s is refused: InvalidParameterException", async (missing) => {
    const { [missing]: _, ...AuthParameters }: Record<string, string> = { USERNAME: bob.email, PASSWORD };
    const attempt = byFlow("USER_PASSWORD_AUTH", client.id, AuthParameters);
    await invalidParameter(attempt, `Missing required parameter ${missing}`);
  });

  it("of a client of another pool is a ResourceNotFoundException", async () => {
    const other = await newPool();
    const noClient = `User pool client ${client.id} does not exist.`;
    await refused(signIn(target, other, client.id, bob.email), "ResourceNotFoundException", noClient);
    const nowhere = `${target.region}_nonesuch`;
    const noPool = `User pool ${nowhere} does not exist.`;
    await refused(signIn(target, nowhere, client.id, bob.email), "ResourceNotFoundException", noPool);
  });
});

describe("five wrong passwords", () => {
  const locked = /Password attempts exceeded/;
  const fail = async (email: string, times: number) => {
    for (let at = 0; at < times; at += 1) await notAuthorized(enter(email, OTHER_PASSWORD));
  };

  it("lock the user out, for the right password as well: NotAuthorizedException", async () => {
    const { email } = await newUser();
    await target.lockingOut(() => fail(email, 6));
    await notAuthorized(enter(email), locked);
  });

  it("lock out nobody else", async () => {
    const { email } = await newUser();
    await fail(email, 6);
    await tokensFor(bob.email);
  });

  it("are four when the fifth is right, which begins the count anew", async () => {
    const { email } = await newUser();
    for (let round = 0; round < 2; round += 1) {
      await fail(email, 4);
      await tokensFor(email);
    }
  });
});
