import type { ChallengeNameType } from "@aws-sdk/client-cognito-identity-provider";
import { describe, expect, it } from "vitest";
import { openBench } from "./bench";
import {
  countDone,
  given,
  mapOf,
  newEmail,
  OTHER_PASSWORD,
  PASSWORD,
  secretHash,
  TENANT,
  tokensOf,
} from "./pool";
import { invalidParameter, notAuthorized, refused } from "./refusal";

const { target, sdk, pool, client, newClient, newUser, enter, enterBy, tokensFor, answer } =
  await openBench();
const secretive = await newClient({ GenerateSecret: true });

const NEW = "NEW_PASSWORD_REQUIRED";
async function challenged() {
  const user = await newUser({ temporary: true });
  const asked = await enter(user.email);
  return { ...user, asked, session: given(asked.Session) };
}
const choose = (
  session: string | undefined,
  USERNAME: string,
  { of = client.id, ...more }: { of?: string; [response: string]: string | undefined } = {},
) => answer(of, NEW, session, { USERNAME, NEW_PASSWORD: OTHER_PASSWORD, ...more });

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
    const user = await sdk.adminGetUser({ UserPoolId: pool, Username: email });
    expect(user.UserStatus).toBe("CONFIRMED");
    await tokensFor(email, OTHER_PASSWORD);
    await notAuthorized(enter(email, PASSWORD));
  });

  it("is answered by AdminRespondToAuthChallenge, too, and by the sub in place of the address", async () => {
    const { session, username } = await challenged();
    const ChallengeResponses = { USERNAME: username, NEW_PASSWORD: OTHER_PASSWORD };
    const request = { UserPoolId: pool, ClientId: client.id, ChallengeName: NEW, Session: session } as const;
    tokensOf(await sdk.adminRespondToAuthChallenge({ ...request, ChallengeResponses }));
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
    await notAuthorized(moving, words);
    const user = await sdk.adminGetUser({ UserPoolId: pool, Username: email });
    expect(mapOf(user.UserAttributes)).toMatchObject({ [TENANT]: "acme" });
  });

  it("takes no other address in place of the one that is there: NotAuthorizedException", async () => {
    const { session, email } = await challenged();
    const moving = choose(session, email, { "userAttributes.email": newEmail() });
    await notAuthorized(moving, "Cannot modify an already provided email");
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
    await notAuthorized(choose(session, email), words);
  });

  it("of two answers at once gives tokens to one", async () => {
    const { session, email } = await challenged();
    expect(await countDone([choose(session, email), choose(session, email)])).toBe(1);
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
    await notAuthorized(choose(bent(session), email), INVALID);
  });

  it.each([
    ["shorter than twenty characters", "short"],
    ["that is missing", undefined],
  ])("%s is refused: InvalidParameterException", async (_, session) => {
    const { email } = await challenged();
    await invalidParameter(choose(session, email));
  });

  it("of one user is no session of another: NotAuthorizedException", async () => {
    const one = await challenged();
    const two = await challenged();
    await notAuthorized(choose(one.session, two.email), INVALID);
    tokensOf(await choose(one.session, one.email));
  });

  it("of one client is no session of another: NotAuthorizedException", async () => {
    const { session, email } = await challenged();
    const other = await newClient();
    await notAuthorized(choose(session, email, { of: other.id }), INVALID);
    tokensOf(await choose(session, email));
  });

  it("of one challenge is none of another: NotAuthorizedException", async () => {
    const { session, email } = await challenged();
    const responses = { USERNAME: email, SMS_MFA_CODE: "123456" };
    await notAuthorized(answer(client.id, "SMS_MFA", session, responses));
  });

  it("does not outlive the user's being disabled: NotAuthorizedException", async () => {
    const { session, email } = await challenged();
    await sdk.adminDisableUser({ UserPoolId: pool, Username: email });
    await notAuthorized(choose(session, email));
  });

  it.skipIf(!target.isOwn)("lives for three minutes: NotAuthorizedException", async () => {
    const { session, email } = await challenged();
    const words = "Invalid session for the user, session is expired.";
    await target.later(180, () => notAuthorized(choose(session, email), words));
    tokensOf(await target.later(170, () => choose(session, email)));
  });

  it.skipIf(!target.isOwn)("lives for as long as the client's AuthSessionValidity says", async () => {
    const patient = await newClient({ AuthSessionValidity: 15 });
    const { email } = await newUser({ temporary: true });
    const { Session } = await enterBy(patient.id, email);
    tokensOf(await target.later(14 * 60, () => choose(Session, email, { of: patient.id })));
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
      await invalidParameter(answer(client.id, NEW, session, rest));
    },
  );

  it("to a challenge that does not exist is refused: InvalidParameterException", async () => {
    const { session, email } = await challenged();
    const made = "MAGIC" as ChallengeNameType;
    await invalidParameter(answer(client.id, made, session, { USERNAME: email }));
  });

  it("of a client with a secret carries its hash over the name in the answer", async () => {
    const { email } = await newUser({ temporary: true });
    const SECRET_HASH = secretHash(secretive, email);
    const { Session } = await enterBy(secretive.id, email, PASSWORD, { SECRET_HASH });
    await notAuthorized(choose(Session, email, { of: secretive.id }));
    tokensOf(await choose(Session, email, { of: secretive.id, SECRET_HASH }));
  });
});
