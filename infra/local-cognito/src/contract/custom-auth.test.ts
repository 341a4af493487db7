import { describe, expect, it } from "vitest";
import { newBench, openForFile } from "./bench";
import { newEmail, OTHER_PASSWORD, PASSWORD, tokensOf } from "./pool";
import { invalidParameter, notAuthorized, refused } from "./refusal";
import { srpClient } from "./srp";
import type { TriggerEvent } from "./target";

const arn = (name: string) => `arn:aws:lambda:ap-northeast-1:000000000000:function:${name}`;
const [DEFINE, CREATE, VERIFY] = [arn("define"), arn("create"), arn("verify")];
type Step = { challengeName: string; challengeResult: boolean; challengeMetadata?: string };
interface Event extends TriggerEvent {
  request: {
    session?: Step[];
    userNotFound?: boolean;
    clientMetadata?: Record<string, string>;
    challengeAnswer?: string;
    privateChallengeParameters?: Record<string, string>;
  };
}
const events: Event[] = [];
const listening =
  (respond: (event: Event) => object) =>
  (event: TriggerEvent): object => {
    events.push(event as Event);
    return { ...event, response: respond(event as Event) };
  };
/** Twice right is enough; three wrong answers end it. */
function decide({ request: { session = [] } }: Event): object {
  const last = session.at(-1);
  const count = (isRight: boolean) =>
    session.filter((each) => each.challengeName === "CUSTOM_CHALLENGE" && each.challengeResult === isRight)
      .length;
  if (last?.challengeName === "SRP_A") return { challengeName: "PASSWORD_VERIFIER" };
  if (count(false) >= 3) return { failAuthentication: true };
  return count(true) >= 2 ? { issueTokens: true } : { challengeName: "CUSTOM_CHALLENGE" };
}
const target = await openForFile({
  [DEFINE]: listening(decide),
  [CREATE]: listening(({ request: { session = [] } }) => ({
    publicChallengeParameters: { question: `${session.length}` },
    privateChallengeParameters: { answer: `answer ${session.length}` },
    challengeMetadata: `riddle ${session.length}`,
  })),
  [VERIFY]: listening(({ request }) => ({
    answerCorrect: request.challengeAnswer === request.privateChallengeParameters?.answer,
  })),
});
const flows = { ExplicitAuthFlows: ["ALLOW_CUSTOM_AUTH" as const, "ALLOW_REFRESH_TOKEN_AUTH" as const] };
const LambdaConfig = {
  DefineAuthChallenge: DEFINE,
  CreateAuthChallenge: CREATE,
  VerifyAuthChallengeResponse: VERIFY,
};
const bench = await newBench(target, flows, { LambdaConfig });
const { sdk, pool: UserPoolId, client, newClient, newUser, answer } = bench;
const hiding = await newClient({ ...flows, PreventUserExistenceErrors: "ENABLED" });

const begin = (USERNAME: string, more: Record<string, string> = {}, ClientId = client.id) =>
  sdk.initiateAuth({
    ClientId,
    AuthFlow: "CUSTOM_AUTH",
    AuthParameters: { USERNAME, ...more },
    ClientMetadata: { from: "first" },
  });
const reply = (Session: string | undefined, USERNAME: string, ANSWER: string, of = client.id) =>
  answer(of, "CUSTOM_CHALLENGE", Session, { USERNAME, ANSWER });
const named = (source: string) => events.filter(({ triggerSource }) => triggerSource.startsWith(source));

describe("CUSTOM_AUTH", () => {
  it("asks what the functions make, until they have enough", async () => {
    const { email, username } = await newUser();
    events.length = 0;
    const first = await begin(email);
    expect(first.ChallengeName).toBe("CUSTOM_CHALLENGE");
    expect(first.ChallengeParameters).toEqual({ USERNAME: username, question: "0" });
    const second = await reply(first.Session, email, "answer 0");
    expect(second.ChallengeParameters?.question).toBe("1");
    const { access } = tokensOf(await reply(second.Session, email, "answer 1"));
    expect(access.username).toBe(username);
    expect(named("DefineAuthChallenge").at(-1)?.request.session).toEqual([
      { challengeName: "CUSTOM_CHALLENGE", challengeResult: true, challengeMetadata: "riddle 0" },
      { challengeName: "CUSTOM_CHALLENGE", challengeResult: true, challengeMetadata: "riddle 1" },
    ]);
  });

  it("tells the functions who it is, that they exist, and the metadata of the answers alone", async () => {
    const { email } = await newUser();
    events.length = 0;
    const { Session } = await begin(email);
    await sdk.respondToAuthChallenge({
      ClientId: client.id,
      ChallengeName: "CUSTOM_CHALLENGE",
      Session,
      ChallengeResponses: { USERNAME: email, ANSWER: "answer 0" },
      ClientMetadata: { from: "answer" },
    });
    const metadata = (source: string) => named(source).map(({ request }) => request.clientMetadata?.from);
    expect(metadata("DefineAuthChallenge")).toEqual([undefined, "answer"]);
    expect(metadata("CreateAuthChallenge")).toEqual([undefined, "answer"]);
    expect(metadata("VerifyAuthChallengeResponse")).toEqual(["answer"]);
    expect(events.every(({ request }) => request.userNotFound === false)).toBe(true);
    expect(events[0]).toMatchObject({ request: { userAttributes: { email } }, userPoolId: UserPoolId });
  });

  it("lets the functions say what a wrong answer leads to", async () => {
    const { email } = await newUser();
    let { Session } = await begin(email);
    for (const wrong of ["a", "b"]) ({ Session } = await reply(Session, email, wrong));
    await notAuthorized(reply(Session, email, "c"), "Incorrect username or password.");
  });

  it("never tells what the right answer is known by", async () => {
    const { email } = await newUser();
    expect(JSON.stringify(await begin(email))).not.toContain("answer 0");
  });

  it("takes a session once, from its user and client, in time", async () => {
    const { email } = await newUser();
    const { Session } = await begin(email);
    await notAuthorized(reply(Session, (await newUser()).email, "answer 0"));
    await notAuthorized(reply(Session, email, "answer 0", hiding.id));
    await reply(Session, email, "answer 0");
    await notAuthorized(reply(Session, email, "answer 0"), /once/);
    const late = await begin(email);
    await target.later(200, async () => notAuthorized(reply(late.Session, email, "answer 0"), /expired/));
  });

  it("begins with the password's proof, where it is asked for", async () => {
    const { email } = await newUser();
    const { SRP_A, proof } = srpClient();
    events.length = 0;
    const asked = await begin(email, { CHALLENGE_NAME: "SRP_A", SRP_A });
    expect(asked.ChallengeName).toBe("PASSWORD_VERIFIER");
    const shown = proof(UserPoolId, PASSWORD, asked.ChallengeParameters);
    const next = await answer(client.id, "PASSWORD_VERIFIER", undefined, shown);
    expect(next.ChallengeName).toBe("CUSTOM_CHALLENGE");
    expect(named("DefineAuthChallenge").at(-1)?.request.session).toEqual([
      { challengeName: "SRP_A", challengeResult: true },
      { challengeName: "PASSWORD_VERIFIER", challengeResult: true },
    ]);
    const then = await reply(next.Session, email, "answer 2");
    tokensOf(await reply(then.Session, email, "answer 3"));
  });

  it("refuses a wrong proof before anything is asked", async () => {
    const { email } = await newUser();
    const { SRP_A, proof } = srpClient();
    const asked = await begin(email, { CHALLENGE_NAME: "SRP_A", SRP_A });
    const shown = proof(UserPoolId, OTHER_PASSWORD, asked.ChallengeParameters);
    await notAuthorized(answer(client.id, "PASSWORD_VERIFIER", undefined, shown));
  });

  it("asks the same of somebody who does not exist, where the client hides who does, and never lets them in", async () => {
    const USERNAME = newEmail();
    await refused(begin(USERNAME), "UserNotFoundException");
    events.length = 0;
    const first = await begin(USERNAME, {}, hiding.id);
    expect(first.ChallengeParameters?.question).toBe("0");
    expect(events.every(({ request }) => request.userNotFound === true)).toBe(true);
    const second = await reply(first.Session, USERNAME, "answer 0", hiding.id);
    await notAuthorized(
      reply(second.Session, USERNAME, "answer 1", hiding.id),
      "Incorrect username or password.",
    );
  });

  it("is not for disabled or unconfirmed users", async () => {
    const { email } = await newUser();
    await sdk.adminDisableUser({ UserPoolId, Username: email });
    await notAuthorized(begin(email), "User is disabled.");
    const newcomer = newEmail();
    await sdk.signUp({ ClientId: client.id, Username: newcomer, Password: PASSWORD });
    await refused(begin(newcomer), "UserNotConfirmedException");
  });

  it("is refused to a client that does not allow it, and in a pool without the functions", async () => {
    const { email } = await newUser();
    const { id } = await newClient({ ExplicitAuthFlows: ["ALLOW_USER_SRP_AUTH"] });
    await invalidParameter(begin(email, {}, id), /not enabled/);
    const plain = await newBench(target, flows);
    const { email: other } = await plain.newUser();
    const words = "Custom auth lambda trigger is not configured for the user pool.";
    await invalidParameter(begin(other, {}, plain.client.id), words);
  });
});
