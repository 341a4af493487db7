import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createClient, createPool, createUser, PASSWORD, signIn, tokensOf } from "../../contract/pool";
import { refused } from "../../contract/refusal";
import { startTestCognito, type TestCognito } from "../../testing/cognito";

const WRONG = "Incorrect username or password.";
const LOCKED = "Password attempts exceeded";
let cognito: TestCognito;
let pool: string;
let client: string;
let email: string;
let number = 0;

beforeAll(async () => {
  cognito = await startTestCognito({}, { maxAttempts: 1 });
  pool = await createPool(cognito);
  client = (
    await createClient(cognito, pool, {
      ExplicitAuthFlows: ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_USER_PASSWORD_AUTH"],
      PreventUserExistenceErrors: "ENABLED",
    })
  ).id;
});
afterAll(() => cognito.stop());
beforeEach(async () => {
  email = `user${number++}@acme.example`;
  await createUser(cognito, pool, { email });
});

const attempt = (password = "nope") => signIn(cognito, pool, client, email, password);
const wrong = async (times: number) => {
  for (let count = 0; count < times; count++) await refused(attempt(), "NotAuthorizedException", WRONG);
};
const locked = (password?: string) => refused(attempt(password), "NotAuthorizedException", LOCKED);

describe("wrong passwords", () => {
  it("are free four times; the fifth locks for a second, also for who knows the password", async () => {
    await wrong(4);
    expect((await attempt(PASSWORD)).AuthenticationResult).toBeDefined();
    // The right one in between has set the count back.
    await wrong(5);
    await locked(PASSWORD);
    cognito.clock.advance({ seconds: 1 });
    expect((await attempt(PASSWORD)).AuthenticationResult).toBeDefined();
    await wrong(4);
  });

  it("lock for twice as long each time, to fifteen minutes, while attempts in between do not count", async () => {
    await wrong(5);
    for (const seconds of [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]) {
      cognito.clock.advance({ seconds: seconds - 1 });
      await locked(PASSWORD);
      await locked();
      cognito.clock.advance({ seconds: 1 });
      await wrong(1);
    }
    cognito.clock.advance({ seconds: 900 });
    expect((await attempt(PASSWORD)).AuthenticationResult).toBeDefined();
  });

  it("are forgiven after fifteen minutes without any attempt", async () => {
    await wrong(5);
    cognito.clock.advance({ seconds: 1 });
    await wrong(1);
    cognito.clock.advance({ minutes: 15 });
    await wrong(4);
    expect((await attempt(PASSWORD)).AuthenticationResult).toBeDefined();
  });

  it("cannot be tried in parallel to get around the count", async () => {
    const answers = await Promise.allSettled(Array.from({ length: 20 }, () => attempt()));
    const messages = answers.map((answer) => (answer.status === "rejected" ? answer.reason.message : "in"));
    expect(messages.filter((message) => message === WRONG)).toHaveLength(5);
    expect(messages.filter((message) => message === LOCKED)).toHaveLength(15);
  });

  it("count by whichever door they come", async () => {
    const { sdk, clock } = cognito;
    const { AccessToken } = tokensOf(await attempt(PASSWORD));
    const change = (PreviousPassword: string) =>
      sdk.changePassword({ AccessToken, PreviousPassword, ProposedPassword: "Another-horse-2" });
    const AuthParameters = { USERNAME: email, PASSWORD: "nope" };
    const user = () => sdk.initiateAuth({ ClientId: client, AuthFlow: "USER_PASSWORD_AUTH", AuthParameters });
    await wrong(2);
    await refused(user(), "NotAuthorizedException", WRONG);
    await refused(change("nope"), "NotAuthorizedException", WRONG);
    await refused(user(), "NotAuthorizedException", WRONG);
    await refused(user(), "NotAuthorizedException", LOCKED);
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
    for (let count = 0; count < 6; count++) {
      await refused(signIn(cognito, pool, client, "nobody@acme.example"), "NotAuthorizedException", WRONG);
    }
  });
});
