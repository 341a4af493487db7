import {
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  AdminInitiateAuthCommand,
  AdminResetUserPasswordCommand,
  AdminSetUserPasswordCommand,
  type AuthFlowType,
  InitiateAuthCommand,
  SignUpCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type ContractClient,
  type ContractUser,
  createClient,
  createPool,
  createUser,
  newEmail,
  OTHER_PASSWORD,
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
let hiding: ContractClient;
let secretive: ContractClient;
let bob: ContractUser;
beforeAll(async () => {
  pool = await createPool(target);
  client = await createClient(target, pool, { PreventUserExistenceErrors: "LEGACY" });
  hiding = await createClient(target, pool, { PreventUserExistenceErrors: "ENABLED" });
  secretive = await createClient(target, pool, { GenerateSecret: true });
  bob = await createUser(target, pool);
});
afterAll(() => target.close());

const publicly = (
  ClientId: string,
  USERNAME: string,
  password = PASSWORD,
  more: Record<string, string> = {},
) =>
  sdk.send(
    new InitiateAuthCommand({
      ClientId,
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME, PASSWORD: password, ...more },
    }),
  );
const byFlow = (AuthFlow: AuthFlowType, ClientId = client.id) =>
  sdk.send(
    new InitiateAuthCommand({
      ClientId,
      AuthFlow,
      AuthParameters: { USERNAME: bob.email, PASSWORD, SRP_A: "a" },
    }),
  );
const byAdminFlow = (AuthFlow: AuthFlowType, ClientId = client.id) =>
  sdk.send(
    new AdminInitiateAuthCommand({
      UserPoolId: pool,
      ClientId,
      AuthFlow,
      AuthParameters: { USERNAME: bob.email, PASSWORD },
    }),
  );

describe("a right password", () => {
  it("gives three tokens of the type Bearer, by ADMIN_USER_PASSWORD_AUTH", async () => {
    const answered = await signIn(target, pool, client.id, bob.email);
    const { AuthenticationResult, ChallengeName, ChallengeParameters, Session } = answered;
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
    const { id } = await createClient(target, pool, { ExplicitAuthFlows: ["ADMIN_NO_SRP_AUTH"] });
    const { RefreshToken } = tokensOf(await signIn(target, pool, id, bob.email));
    const AuthParameters = { REFRESH_TOKEN: RefreshToken };
    const request = { ClientId: id, AuthFlow: "REFRESH_TOKEN_AUTH", AuthParameters } as const;
    tokensOf(await sdk.send(new InitiateAuthCommand(request)));
  });

  it("gives them for the sub in place of the address, and for the address in any case", async () => {
    for (const name of [bob.username, bob.email.toUpperCase()]) {
      expect(tokensOf(await signIn(target, pool, client.id, name)).access.sub).toBe(bob.username);
    }
  });
});

describe("a wrong password", () => {
  it("is a NotAuthorizedException", async () => {
    const attempt = signIn(target, pool, client.id, bob.email, OTHER_PASSWORD);
    await refused(attempt, "NotAuthorizedException", /^Incorrect username or password\.$/);
    await refused(publicly(client.id, bob.email, OTHER_PASSWORD), "NotAuthorizedException");
    tokensOf(await signIn(target, pool, client.id, bob.email));
  });

  it.each(["correct-horse-1", " Correct-horse-1", "Correct-horse-1 ", "Correct-horse"])(
    "is %j beside the right one",
    async (password) => {
      const { email } = await createUser(target, pool);
      await refused(signIn(target, pool, client.id, email, password), "NotAuthorizedException");
    },
  );
});

describe("a name that does not exist", () => {
  it("is a UserNotFoundException where the client does not hide it", async () => {
    await refused(publicly(client.id, newEmail()), "UserNotFoundException", "User does not exist.");
  });

  it("is the NotAuthorizedException of a wrong password where it does, to the letter", async () => {
    const words = /^Incorrect username or password\.$/;
    await refused(publicly(hiding.id, newEmail()), "NotAuthorizedException", words);
    await refused(publicly(hiding.id, bob.email, OTHER_PASSWORD), "NotAuthorizedException", words);
    tokensOf(await publicly(hiding.id, bob.email));
  });

  it("is that of a deleted user", async () => {
    const { email: Username } = await createUser(target, pool);
    await sdk.send(new AdminDeleteUserCommand({ UserPoolId: pool, Username }));
    await refused(publicly(client.id, Username), "UserNotFoundException");
  });
});

describe("who may not sign in", () => {
  it("is a disabled user: NotAuthorizedException", async () => {
    for (const temporary of [false, true]) {
      const { email: Username } = await createUser(target, pool, { temporary });
      await sdk.send(new AdminDisableUserCommand({ UserPoolId: pool, Username }));
      await refused(publicly(client.id, Username), "NotAuthorizedException", "User is disabled.");
    }
  });

  it("is who has not confirmed the sign-up: UserNotConfirmedException", async () => {
    const Username = newEmail();
    await sdk.send(new SignUpCommand({ ClientId: client.id, Username, Password: PASSWORD }));
    await refused(publicly(client.id, Username), "UserNotConfirmedException");
  });

  it("is whose password an administrator has reset: PasswordResetRequiredException", async () => {
    const { email: Username } = await createUser(target, pool);
    await sdk.send(new AdminResetUserPasswordCommand({ UserPoolId: pool, Username }));
    await refused(publicly(client.id, Username), "PasswordResetRequiredException");
  });

  it("is a user of another pool", async () => {
    const other = await createPool(target);
    const stranger = await createUser(target, other);
    await refused(publicly(client.id, stranger.email), "UserNotFoundException");
  });

  it("is not told apart before the password was right", async () => {
    const { email: Username } = await createUser(target, pool);
    await sdk.send(new AdminDisableUserCommand({ UserPoolId: pool, Username }));
    const attempt = publicly(client.id, Username, OTHER_PASSWORD);
    await refused(attempt, "NotAuthorizedException", /^Incorrect username or password\.$/);
  });

  it.skipIf(!target.isOwn)("is who let the temporary password expire: NotAuthorizedException", async () => {
    const { email: Username } = await createUser(target, pool, { temporary: true });
    const expired = "Temporary password has expired and must be reset by an administrator.";
    await target.later(7 * 86_400 + 1, async () => {
      await refused(signIn(target, pool, client.id, Username), "NotAuthorizedException", expired);
      await sdk.send(new AdminSetUserPasswordCommand({ UserPoolId: pool, Username, Password: PASSWORD }));
      const { ChallengeName } = await signIn(target, pool, client.id, Username);
      expect(ChallengeName).toBe("NEW_PASSWORD_REQUIRED");
    });
  });
});

describe("a client with a secret", () => {
  it("signs in with the hash of name and client id under it", async () => {
    const SECRET_HASH = secretHash(secretive, bob.email);
    tokensOf(await signIn(target, pool, secretive.id, bob.email, PASSWORD, { SECRET_HASH }));
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
    await refused(publicly(secretive.id, bob.email, PASSWORD, more()), "NotAuthorizedException", words);
  });

  it("is refused without a hash: NotAuthorizedException", async () => {
    const words = `Client ${secretive.id} is configured with secret but SECRET_HASH was not received`;
    await refused(publicly(secretive.id, bob.email), "NotAuthorizedException", words);
  });

  it("is told about the hash before the password is looked at", async () => {
    const attempt = publicly(secretive.id, bob.email, OTHER_PASSWORD, { SECRET_HASH: "AAAA" });
    await refused(attempt, "NotAuthorizedException", /[Ss]ecret/i);
  });
});

describe("a flow", () => {
  it.each<AuthFlowType>(["ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"])(
    "for administrators, %s, is refused to InitiateAuth: InvalidParameterException",
    async (flow) => {
      await refused(byFlow(flow), "InvalidParameterException", "Initiate Auth method not supported.");
    },
  );

  it("for users is refused to AdminInitiateAuth: InvalidParameterException", async () => {
    await refused(byAdminFlow("USER_PASSWORD_AUTH"), "InvalidParameterException");
  });

  it.each<[AuthFlowType, "ALLOW_REFRESH_TOKEN_AUTH" | "ALLOW_ADMIN_USER_PASSWORD_AUTH"]>([
    ["USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH"],
    ["REFRESH_TOKEN_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH"],
    ["USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
  ])("%s is refused to a client that allows only %s: InvalidParameterException", async (flow, allowed) => {
    const limited = await createClient(target, pool, { ExplicitAuthFlows: [allowed] });
    const AuthParameters = { USERNAME: bob.email, PASSWORD, REFRESH_TOKEN: "a.b.c" };
    const request = new InitiateAuthCommand({ ClientId: limited.id, AuthFlow: flow, AuthParameters });
    const words = flow === "USER_PASSWORD_AUTH" ? `${flow} flow` : "Auth flow";
    await refused(sdk.send(request), "InvalidParameterException", `${words} not enabled for this client`);
  });

  it("for administrators is refused to a client that does not allow it: InvalidParameterException", async () => {
    const { id } = await createClient(target, pool, { ExplicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH"] });
    const attempt = byAdminFlow("ADMIN_USER_PASSWORD_AUTH", id);
    await refused(attempt, "InvalidParameterException", "Auth flow not enabled for this client");
  });

  it.each<AuthFlowType>(["USER_SRP_AUTH", "CUSTOM_AUTH"])(
    "%s is refused to a client that does not allow it: InvalidParameterException",
    async (flow) => {
      await refused(byFlow(flow), "InvalidParameterException");
    },
  );

  it("that does not exist is refused: InvalidParameterException", async () => {
    await refused(byFlow("MAGIC" as AuthFlowType), "InvalidParameterException");
  });

  it.each(["USERNAME", "PASSWORD"])("without %s is refused: InvalidParameterException", async (missing) => {
    const { [missing]: _, ...AuthParameters }: Record<string, string> = { USERNAME: bob.email, PASSWORD };
    const request = { ClientId: client.id, AuthFlow: "USER_PASSWORD_AUTH", AuthParameters } as const;
    const words = `Missing required parameter ${missing}`;
    await refused(sdk.send(new InitiateAuthCommand(request)), "InvalidParameterException", words);
  });

  it("of a client of another pool is a ResourceNotFoundException", async () => {
    const other = await createPool(target);
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
    for (let at = 0; at < times; at += 1) {
      await refused(signIn(target, pool, client.id, email, OTHER_PASSWORD), "NotAuthorizedException");
    }
  };

  it("lock the user out, for the right password as well: NotAuthorizedException", async () => {
    const { email } = await createUser(target, pool);
    await fail(email, 6);
    await refused(signIn(target, pool, client.id, email), "NotAuthorizedException", locked);
  });

  it.skipIf(!target.isOwn)("lock out for a second, and each further one for twice as long", async () => {
    const { email } = await createUser(target, pool);
    await fail(email, 5);
    await target.later(2, async () => {
      const sixth = signIn(target, pool, client.id, email, OTHER_PASSWORD);
      await refused(sixth, "NotAuthorizedException", /^Incorrect/);
    });
    await target.later(3, async () => {
      await refused(signIn(target, pool, client.id, email), "NotAuthorizedException", locked);
    });
    await target.later(60, async () => {
      tokensOf(await signIn(target, pool, client.id, email));
    });
  });

  it("lock out nobody else", async () => {
    const { email } = await createUser(target, pool);
    await fail(email, 6);
    tokensOf(await signIn(target, pool, client.id, bob.email));
  });

  it("are four when the fifth is right, which begins the count anew", async () => {
    const { email } = await createUser(target, pool);
    for (let round = 0; round < 2; round += 1) {
      await fail(email, 4);
      tokensOf(await signIn(target, pool, client.id, email));
    }
  });
});
