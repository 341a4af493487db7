import {
  AdminDisableUserCommand,
  AdminGetUserCommand,
  AdminRespondToAuthChallengeCommand,
  type ChallengeNameType,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  answer,
  type ContractClient,
  createClient,
  createPool,
  createUser,
  given,
  mapOf,
  newEmail,
  OTHER_PASSWORD,
  PASSWORD,
  secretHash,
  signIn,
  TENANT,
  tokensOf,
} from "./pool";
import { refused } from "./refusal";
import { openTarget } from "./target";

const target = await openTarget();
const { sdk } = target;
let pool: string;
let client: ContractClient;
let secretive: ContractClient;
beforeAll(async () => {
  pool = await createPool(target);
  client = await createClient(target, pool);
  secretive = await createClient(target, pool, { GenerateSecret: true });
});
afterAll(() => target.close());

const NEW = "NEW_PASSWORD_REQUIRED";
async function challenged() {
  const user = await createUser(target, pool, { temporary: true });
  const asked = await signIn(target, pool, client.id, user.email);
  return { ...user, asked, session: given(asked.Session) };
}
const choose = (session: string | undefined, USERNAME: string, more: Record<string, string> = {}) =>
  answer(target, client.id, NEW, session, { USERNAME, NEW_PASSWORD: OTHER_PASSWORD, ...more });

describe("NEW_PASSWORD_REQUIRED", () => {
  it("is asked with a session, the attributes and what is required, and gives no tokens", async () => {
    const { asked, username, email } = await challenged();
    expect(asked.ChallengeName).toBe(NEW);
    expect(asked.AuthenticationResult).toBeUndefined();
    expect(asked.Session?.length).toBeGreaterThan(20);
    expect(asked.ChallengeParameters).toMatchObject({ USER_ID_FOR_SRP: username, requiredAttributes: "[]" });
    const attributes = JSON.parse(asked.ChallengeParameters?.userAttributes ?? "");
    expect(attributes).toMatchObject({ email, email_verified: "true" });
  });

  it("is answered with a password, which confirms the user and is the password from then on", async () => {
    const { session, email, username } = await challenged();
    expect(tokensOf(await choose(session, email)).access.username).toBe(username);
    const user = await sdk.send(new AdminGetUserCommand({ UserPoolId: pool, Username: email }));
    expect(user.UserStatus).toBe("CONFIRMED");
    tokensOf(await signIn(target, pool, client.id, email, OTHER_PASSWORD));
    await refused(signIn(target, pool, client.id, email, PASSWORD), "NotAuthorizedException");
  });

  it("is answered by AdminRespondToAuthChallenge, too, and by the sub in place of the address", async () => {
    const { session, username } = await challenged();
    const ChallengeResponses = { USERNAME: username, NEW_PASSWORD: OTHER_PASSWORD };
    const request = { UserPoolId: pool, ClientId: client.id, ChallengeName: NEW, Session: session } as const;
    tokensOf(await sdk.send(new AdminRespondToAuthChallengeCommand({ ...request, ChallengeResponses })));
  });

  it("takes attributes that the client may write along with it", async () => {
    const { session, email } = await challenged();
    const { id } = tokensOf(await choose(session, email, { "userAttributes.name": "Bob" }));
    expect(id.name).toBe("Bob");
  });

  it("takes none that the client may not write: NotAuthorizedException", async () => {
    const { session, email } = await challenged();
    const moving = choose(session, email, { [`userAttributes.${TENANT}`]: "globex" });
    const words = "A client attempted to write unauthorized attribute";
    await refused(moving, "NotAuthorizedException", words);
    const user = await sdk.send(new AdminGetUserCommand({ UserPoolId: pool, Username: email }));
    expect(mapOf(user.UserAttributes)).toMatchObject({ [TENANT]: "acme" });
  });

  it("takes no other address in place of the one that is there: NotAuthorizedException", async () => {
    const { session, email } = await challenged();
    const moving = choose(session, email, { "userAttributes.email": newEmail() });
    await refused(moving, "NotAuthorizedException", "Cannot modify an already provided email");
  });

  it("leaves the session open after a password that breaks the policy: InvalidPasswordException", async () => {
    const { session, email } = await challenged();
    const words = "Password did not conform with policy: Password not long enough";
    await refused(choose(session, email, { NEW_PASSWORD: "simple" }), "InvalidPasswordException", words);
    tokensOf(await choose(session, email));
  });
});

describe("a session", () => {
  const INVALID = "Invalid session for the user.";

  it("works once: NotAuthorizedException", async () => {
    const { session, email } = await challenged();
    tokensOf(await choose(session, email));
    const words = "Invalid session for the user, session can only be used once.";
    await refused(choose(session, email), "NotAuthorizedException", words);
  });

  it("of two answers at once gives tokens to one", async () => {
    const { session, email } = await challenged();
    const answers = await Promise.allSettled([choose(session, email), choose(session, email)]);
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it.each([
    ["invented", () => "x".repeat(300)],
    [
      "changed in one character",
      (session: string) => `${session.slice(0, -1)}${session.endsWith("A") ? "B" : "A"}`,
    ],
    ["cut short", (session: string) => session.slice(0, 100)],
  ])("that is %s is refused: NotAuthorizedException", async (_, bent) => {
    const { session, email } = await challenged();
    await refused(choose(bent(session), email), "NotAuthorizedException", INVALID);
  });

  it("shorter than twenty characters is refused: InvalidParameterException", async () => {
    const { email } = await challenged();
    await refused(choose("short", email), "InvalidParameterException");
  });

  it("that is missing is refused: InvalidParameterException", async () => {
    const { email } = await challenged();
    await refused(choose(undefined, email), "InvalidParameterException");
  });

  it("of one user is no session of another: NotAuthorizedException", async () => {
    const one = await challenged();
    const two = await challenged();
    await refused(choose(one.session, two.email), "NotAuthorizedException", INVALID);
    tokensOf(await choose(one.session, one.email));
  });

  it("of one client is no session of another: NotAuthorizedException", async () => {
    const { session, email } = await challenged();
    const other = await createClient(target, pool);
    const responses = { USERNAME: email, NEW_PASSWORD: OTHER_PASSWORD };
    await refused(answer(target, other.id, NEW, session, responses), "NotAuthorizedException", INVALID);
    tokensOf(await choose(session, email));
  });

  it("of one challenge is none of another: NotAuthorizedException", async () => {
    const { session, email } = await challenged();
    const responses = { USERNAME: email, SMS_MFA_CODE: "123456" };
    await refused(answer(target, client.id, "SMS_MFA", session, responses), "NotAuthorizedException");
  });

  it("does not outlive the user's being disabled: NotAuthorizedException", async () => {
    const { session, email } = await challenged();
    await sdk.send(new AdminDisableUserCommand({ UserPoolId: pool, Username: email }));
    await refused(choose(session, email), "NotAuthorizedException");
  });

  it.skipIf(!target.isOwn)("lives for three minutes: NotAuthorizedException", async () => {
    const { session, email } = await challenged();
    const words = "Invalid session for the user, session is expired.";
    await target.later(180, () => refused(choose(session, email), "NotAuthorizedException", words));
    tokensOf(await target.later(170, () => choose(session, email)));
  });

  it.skipIf(!target.isOwn)("lives for as long as the client's AuthSessionValidity says", async () => {
    const patient = await createClient(target, pool, { AuthSessionValidity: 15 });
    const { email } = await createUser(target, pool, { temporary: true });
    const { Session } = await signIn(target, pool, patient.id, email);
    const responses = { USERNAME: email, NEW_PASSWORD: OTHER_PASSWORD };
    tokensOf(await target.later(14 * 60, () => answer(target, patient.id, NEW, Session, responses)));
  });
});

describe("an answer", () => {
  it.each(["USERNAME", "NEW_PASSWORD"])(
    "without %s is refused: InvalidParameterException",
    async (missing) => {
      const { session, email } = await challenged();
      const { [missing]: _, ...rest }: Record<string, string> = {
        USERNAME: email,
        NEW_PASSWORD: OTHER_PASSWORD,
      };
      await refused(answer(target, client.id, NEW, session, rest), "InvalidParameterException");
    },
  );

  it("to a challenge that does not exist is refused: InvalidParameterException", async () => {
    const { session, email } = await challenged();
    const made = "MAGIC" as ChallengeNameType;
    await refused(answer(target, client.id, made, session, { USERNAME: email }), "InvalidParameterException");
  });

  it("of a client with a secret carries its hash over the name in the answer", async () => {
    const { email } = await createUser(target, pool, { temporary: true });
    const SECRET_HASH = secretHash(secretive, email);
    const { Session } = await signIn(target, pool, secretive.id, email, PASSWORD, { SECRET_HASH });
    const responses = { USERNAME: email, NEW_PASSWORD: OTHER_PASSWORD };
    await refused(answer(target, secretive.id, NEW, Session, responses), "NotAuthorizedException");
    tokensOf(await answer(target, secretive.id, NEW, Session, { ...responses, SECRET_HASH }));
  });
});
