import { describe, expect, it } from "vitest";
import { newBench, openForFile } from "./bench";
import { codeFor, newEmail, PASSWORD, tokensOf } from "./pool";
import { invalidParameter, notAuthorized } from "./refusal";

const target = await openForFile();
const flows = { ExplicitAuthFlows: ["ALLOW_USER_AUTH" as const, "ALLOW_USER_PASSWORD_AUTH" as const] };
const AllowedFirstAuthFactors = ["PASSWORD" as const, "EMAIL_OTP" as const];
const Policies = { SignInPolicy: { AllowedFirstAuthFactors } };
const bench = await newBench(target, flows, { Policies });
const { sdk, client, newClient, answer } = bench;

/** Signs up without a password and confirms. Resolves to the name and the session. */
async function signedUp(ClientId = client.id) {
  const Username = newEmail();
  const { UserConfirmed } = await sdk.signUp({ ClientId, Username, Password: undefined });
  expect(UserConfirmed).toBe(false);
  const ConfirmationCode = await codeFor(target, Username);
  const { Session } = await sdk.confirmSignUp({ ClientId, Username, ConfirmationCode });
  return { Username, Session };
}
const begin = (USERNAME: string, Session?: string, more: Record<string, string> = {}) =>
  sdk.initiateAuth({
    ClientId: client.id,
    AuthFlow: "USER_AUTH",
    Session,
    AuthParameters: { USERNAME, ...more },
  });

describe.skipIf(!target.tellsMessages)("signing up without a password", () => {
  it("leads on to tokens with the session of the confirmation, once", async () => {
    const { Username, Session } = await signedUp();
    tokensOf(await begin(Username, Session));
    await notAuthorized(begin(Username, Session), /once/);
  });

  it("leads to a sign-in by code, and by no password", async () => {
    const { Username: USERNAME } = await signedUp();
    const asked = await begin(USERNAME, undefined, { PREFERRED_CHALLENGE: "EMAIL_OTP" });
    expect(asked.ChallengeName).toBe("EMAIL_OTP");
    const EMAIL_OTP_CODE = await codeFor(target, USERNAME);
    tokensOf(await answer(client.id, "EMAIL_OTP", asked.Session, { USERNAME, EMAIL_OTP_CODE }));
    const AuthParameters = { USERNAME, PASSWORD };
    const guess = sdk.initiateAuth({ ClientId: client.id, AuthFlow: "USER_PASSWORD_AUTH", AuthParameters });
    await notAuthorized(guess, "Incorrect username or password.");
  });

  it("gives a session that is good for its own user and client, and for as long as a challenge", async () => {
    const { Username, Session } = await signedUp();
    const other = await signedUp();
    await notAuthorized(begin(other.Username, Session));
    const elsewhere = await newClient(flows);
    const foreign = await signedUp(elsewhere.id);
    await notAuthorized(begin(foreign.Username, foreign.Session));
    await target.later(200, async () => notAuthorized(begin(Username, Session), /expired/));
  });

  it("is for pools that sign in by codes, and the session for clients of USER_AUTH [unconfirmed]", async () => {
    const plain = await newBench(target);
    const Username = newEmail();
    const attempt = sdk.signUp({ ClientId: plain.client.id, Username, Password: undefined });
    await invalidParameter(attempt, /Password/);
    const { id } = await newClient();
    expect((await signedUp(id)).Session).toBeUndefined();
  });
});
