import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { newBench } from "../../contract/bench";
import { PASSWORD } from "../../contract/pool";
import { notAuthorized, refused } from "../../contract/refusal";
import { startTestCognito } from "../../testing/cognito";

const WRONG = "Incorrect username or password.";
const LOCKED = "Password attempts exceeded";
const { stop, clock, ...cognito } = await startTestCognito({}, { maxAttempts: 1 });
afterAll(stop);
const { sdk, client, newUser, enter, tokensFor } = await newBench(cognito, {
  ExplicitAuthFlows: ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_USER_PASSWORD_AUTH"],
  PreventUserExistenceErrors: "ENABLED",
});
let email: string;
beforeEach(async () => {
  ({ email } = await newUser());
});

const attempt = (password = "nope") => enter(email, password);
const wrong = async (times: number) => {
  for (let count = 0; count < times; count++) await notAuthorized(attempt(), WRONG);
};
const locked = (password?: string) => notAuthorized(attempt(password), LOCKED);

describe("wrong passwords", () => {
  it("lock for twice as long each time, to fifteen minutes, while attempts in between do not count", async () => {
    await wrong(5);
    for (const seconds of [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]) {
      clock.advance({ seconds: seconds - 1 });
      await locked(PASSWORD);
      await locked();
      clock.advance({ seconds: 1 });
      await wrong(1);
    }
    clock.advance({ seconds: 900 });
    await tokensFor(email);
  });

  it("are forgiven after fifteen minutes without any attempt", async () => {
    await wrong(5);
    clock.advance({ seconds: 1 });
    await wrong(1);
    clock.advance({ minutes: 15 });
    await wrong(4);
    await tokensFor(email);
  });

  it("cannot be tried in parallel to get around the count", async () => {
    const answers = await Promise.allSettled(Array.from({ length: 20 }, () => attempt()));
    const messages = answers.map((answer) => (answer.status === "rejected" ? answer.reason.message : "in"));
    expect(messages.filter((message) => message === WRONG)).toHaveLength(5);
    expect(messages.filter((message) => message === LOCKED)).toHaveLength(15);
  });

  it("count by whichever door they come", async () => {
    const { AccessToken } = await tokensFor(email);
    const change = (PreviousPassword: string) =>
      sdk.changePassword({ AccessToken, PreviousPassword, ProposedPassword: "Another-horse-2" });
    const AuthParameters = { USERNAME: email, PASSWORD: "nope" };
    const publicly = () =>
      sdk.initiateAuth({ ClientId: client.id, AuthFlow: "USER_PASSWORD_AUTH", AuthParameters });
    await wrong(2);
    await notAuthorized(publicly(), WRONG);
    await notAuthorized(change("nope"), WRONG);
    await notAuthorized(publicly(), WRONG);
    await notAuthorized(publicly(), LOCKED);
    await locked(PASSWORD);
    await refused(
      change(PASSWORD),
      "LimitExceededException",
      "Attempt limit exceeded, please try after some time.",
    );
    clock.advance({ seconds: 1 });
    await change(PASSWORD);
  });

  it("for a name that does not exist are told apart from nothing", async () => {
    for (let count = 0; count < 6; count++) await notAuthorized(enter("nobody@acme.example"), WRONG);
  });
});
