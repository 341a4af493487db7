import {
  AuthenticationDetails,
  CognitoUser,
  CognitoUserAttribute,
  CognitoUserPool,
  type CognitoUserSession,
  type ISignUpResult,
} from "amazon-cognito-identity-js";
import { describe, expect, it } from "vitest";
import { openBench } from "./bench";
import { codeFor, newEmail, OTHER_PASSWORD, PASSWORD, wrong } from "./pool";
import { notAuthorized, refused } from "./refusal";
import { totp } from "./totp";

const { target, sdk, pool, client, newUser, enter } = await openBench({
  ExplicitAuthFlows: ["ALLOW_USER_SRP_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
});
await sdk.setUserPoolMfaConfig({
  UserPoolId: pool,
  MfaConfiguration: "OPTIONAL",
  SoftwareTokenMfaConfiguration: { Enabled: true },
});

/** A browser of somebody's: what the library keeps there. */
function newStorage(): Storage {
  const values = new Map<string, string>();
  return {
    setItem: (name: string, value: string) => values.set(name, value),
    getItem: (name: string) => values.get(name) ?? null,
    removeItem: (name: string) => values.delete(name),
    clear: () => values.clear(),
  } as unknown as Storage;
}

function open(Username: string) {
  const Storage = newStorage();
  const Pool = new CognitoUserPool({
    UserPoolId: pool,
    ClientId: client.id,
    endpoint: target.endpoint,
    Storage,
  });
  return { Pool, user: new CognitoUser({ Username, Pool, Storage }) };
}

/** What an authentication comes to: a session, or what is asked for next. */
type Outcome = CognitoUserSession | "new password" | "TOTP";

function outcome(begin: (callbacks: Parameters<CognitoUser["authenticateUser"]>[1]) => void) {
  return new Promise<Outcome>((resolve, reject) => {
    begin({
      onSuccess: resolve,
      onFailure: reject,
      newPasswordRequired: () => resolve("new password"),
      totpRequired: () => resolve("TOTP"),
    });
  });
}
const authenticate = (user: CognitoUser, Password: string) =>
  outcome((callbacks) =>
    user.authenticateUser(new AuthenticationDetails({ Username: user.getUsername(), Password }), callbacks),
  );
const subOf = (session: Outcome) =>
  typeof session === "string" ? session : session.getIdToken().payload.sub;

/** A function of the library that takes a callback of Node's kind. */
function called<T>(call: (done: (error: Error | null | undefined, result?: T | null) => void) => void) {
  return new Promise<T | null | undefined>((resolve, reject) => {
    call((error, result) => (error ? reject(error) : resolve(result)));
  });
}
/** One that takes `onSuccess` and `onFailure`. */
function answered<T>(
  call: (callbacks: { onSuccess: (result: T) => void; onFailure: (error: Error) => void }) => void,
) {
  return new Promise<T>((onSuccess, onFailure) => {
    call({ onSuccess, onFailure });
  });
}
async function signedIn(email: string, password = PASSWORD) {
  const opened = open(email);
  const session = await authenticate(opened.user, password);
  if (typeof session === "string") throw new Error(`Asked for ${session}`);
  return { ...opened, session };
}
const attributesOf = (user: CognitoUser) =>
  called<CognitoUserAttribute[]>((done) => user.getUserAttributes(done));

describe("amazon-cognito-identity-js", { timeout: 120_000 }, () => {
  it("signs in with its default flow, and reads who it is", async () => {
    const { email, username } = await newUser();
    const { user, session } = await signedIn(email);
    expect(subOf(session)).toBe(username);
    expect((await attributesOf(user))?.find((each) => each.getName() === "email")?.getValue()).toBe(email);
    await notAuthorized(authenticate(open(email).user, OTHER_PASSWORD), "Incorrect username or password.");
  });

  it("signs in with passwords of every kind", async () => {
    const { email: Username, username } = await newUser();
    for (const Password of [
      "Aa1! word",
      "Ünïcödé-A1",
      "パスワード-Aa1!",
      '"\\Aa1!\tz',
      "💥Aa1!word",
      "Aa1!".repeat(60),
    ]) {
      await sdk.adminSetUserPassword({ UserPoolId: pool, Username, Password, Permanent: true });
      expect(subOf(await authenticate(open(Username).user, Password))).toBe(username);
    }
  });

  it("replaces a temporary password", async () => {
    const { email, username } = await newUser({ temporary: true });
    const { user } = open(email);
    expect(await authenticate(user, PASSWORD)).toBe("new password");
    const session = await outcome((callbacks) =>
      user.completeNewPasswordChallenge(OTHER_PASSWORD, {}, callbacks),
    );
    expect(subOf(session)).toBe(username);
    await signedIn(email, OTHER_PASSWORD);
  });

  it("sets up an authenticator app, and is asked for its code from then on", async () => {
    const { email, username } = await newUser();
    const { user } = await signedIn(email);
    const secret = await new Promise<string>((resolve, reject) => {
      user.associateSoftwareToken({ associateSecretCode: resolve, onFailure: reject });
    });
    const now = Date.now();
    await answered((callbacks) => user.verifySoftwareToken(totp(secret, now), "phone", callbacks));
    await called((done) =>
      user.setUserMfaPreference(null, { PreferredMfa: true, Enabled: true }, done as never),
    );
    const { user: later } = open(email);
    expect(await authenticate(later, PASSWORD)).toBe("TOTP");
    // The first code was used: the next one is accepted a step early.
    const code = totp(secret, now + 30_000);
    const enterCode = (typed: string) =>
      outcome((callbacks) => later.sendMFACode(typed, callbacks, "SOFTWARE_TOKEN_MFA"));
    await refused(enterCode(wrong(code)), "CodeMismatchException");
    expect(subOf(await enterCode(code))).toBe(username);
  });

  it.skipIf(!target.tellsMessages)("signs up, and confirms with the code that was mailed", async () => {
    const email = newEmail();
    const { Pool, user } = open(email);
    const attribute = new CognitoUserAttribute({ Name: "email", Value: email });
    const told = await called<ISignUpResult>((done) => Pool.signUp(email, PASSWORD, [attribute], [], done));
    expect(told?.userConfirmed).toBe(false);
    await refused(authenticate(user, PASSWORD), "UserNotConfirmedException");
    await called((done) => user.resendConfirmationCode(done));
    const code = await codeFor(target, email);
    await refused(
      called((done) => user.confirmRegistration(wrong(code), false, done)),
      "CodeMismatchException",
    );
    await called((done) => user.confirmRegistration(code, false, done));
    await signedIn(email);
    await refused(
      called<ISignUpResult>((done) => Pool.signUp(email, PASSWORD, [attribute], [], done)),
      "UsernameExistsException",
    );
  });

  it.skipIf(!target.tellsMessages)("sets a new password with the code that was mailed", async () => {
    const { email } = await newUser();
    const { user } = open(email);
    await answered((callbacks) => user.forgotPassword(callbacks));
    const code = await codeFor(target, email);
    await answered((callbacks) => user.confirmPassword(code, OTHER_PASSWORD, callbacks));
    await signedIn(email, OTHER_PASSWORD);
    await notAuthorized(authenticate(open(email).user, PASSWORD), "Incorrect username or password.");
  });

  it("changes a password, an attribute, and deletes itself", async () => {
    const { email } = await newUser();
    const { user } = await signedIn(email);
    await called((done) => user.changePassword(PASSWORD, OTHER_PASSWORD, done as never));
    const name = new CognitoUserAttribute({ Name: "name", Value: "Bob" });
    await called((done) => user.updateAttributes([name], done as never));
    expect((await attributesOf(user))?.find((each) => each.getName() === "name")?.getValue()).toBe("Bob");
    await called((done) => user.deleteUser(done as never));
    await refused(sdk.adminGetUser({ UserPoolId: pool, Username: email }), "UserNotFoundException");
  });

  it("refreshes a session, until its token is revoked", async () => {
    const { email } = await newUser();
    const { user, session } = await signedIn(email);
    const fresh = () =>
      called<CognitoUserSession>((done) => user.refreshSession(session.getRefreshToken(), done));
    const tokenOf = (of: CognitoUserSession | null | undefined) => of?.getAccessToken().getJwtToken();
    expect(tokenOf(await fresh())).not.toBe(tokenOf(session));
    await called((done) => user.signOut(() => done(null)));
    await notAuthorized(fresh(), "Refresh Token has been revoked");
  });

  it("signs out everywhere: no session is good any more", async () => {
    const { email } = await newUser();
    const { user } = await signedIn(email);
    const { user: elsewhere } = await signedIn(email);
    await answered((callbacks) => user.globalSignOut(callbacks));
    await notAuthorized(attributesOf(elsewhere), "Access Token has been revoked");
    await enter(email);
  });
});
