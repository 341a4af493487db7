import { describe, expect, test } from "vitest";
import { newEmail, newPoolUser } from "../../infra/local/testing/cognito-user";
import { provideCognito } from "../../infra/local/testing/provide-cognito";
import { makeTenant } from "../../infra/local/testing/tenant";
import { identify } from "../auth/access/identify";
import { cookieName } from "../auth/session/session-cookie";
import { resumeSession } from "../auth/session/session-store";
import { answerBrowserChallenge, type Browser, signInBrowser } from "../auth/sign-in/browser-sign-in";
import type { SignInObserver } from "../auth/sign-in/sign-in-observer";
import { AppError } from "../errors";
import { answerNewPassword, login } from "./sign-in";

const PASSWORD = "Passw0rd!demo";
const CHOSEN = "Passw0rd!chosen";
const cognito = await provideCognito();

/** Who is told of what, in this order. */
function newObserver() {
  const told: unknown[][] = [];
  const observer: SignInObserver = {
    signedIn: async (_, { way, isNewDevice }) => void told.push(["signedIn", way, isNewDevice]),
    refused: (_, step, { way }) => void told.push(["refused", way, step]),
    linked: async () => undefined,
    recovered: async () => undefined,
    accountChanged: async () => undefined,
    signedOut: async () => undefined,
  };
  return { told, observer };
}

/** A browser with a jar of its own. */
function newBrowser() {
  const { told, observer } = newObserver();
  const cookies = new Map([[cookieName("csrf"), crypto.randomUUID()]]);
  const browser: Browser = {
    jar: {
      get: (name) => (cookies.has(name) ? { value: cookies.get(name) ?? "" } : undefined),
      set: (name, value, { maxAge }) => (maxAge > 0 ? cookies.set(name, value) : cookies.delete(name)),
    },
    headers: new Headers(),
    observer,
  };
  return { browser, cookies, told };
}

function newProgram() {
  const { told, observer } = newObserver();
  return { program: { headers: new Headers(), observer }, told };
}

/** Signs in by both ways, and says alike what became of it. */
const WAYS = {
  async form(email: string, password: string) {
    const { browser, told } = newBrowser();
    const result = await signInBrowser(browser, { email, password });
    return { became: "refused" in result ? result.refused.code : Object.keys(result)[0], told };
  },
  async api(email: string, password: string) {
    const { program, told } = newProgram();
    const became = await login(program, { email, password }).then(
      (answer) => ("challenge" in answer ? "challenge" : "signedIn"),
      (error) => (error instanceof AppError ? error.code : error),
    );
    return { became, told };
  },
};

describe.each(Object.keys(WAYS) as (keyof typeof WAYS)[])("by way of %s", (way) => {
  const signIn = WAYS[way];

  test("a sign-in is told, as one of a device that was not there before", async () => {
    const { email } = await newPoolUser(cognito, makeTenant().tenantId);
    expect(await signIn(email, PASSWORD)).toEqual({ became: "signedIn", told: [["signedIn", way, true]] });
  });

  test("a wrong password is a refusal, and told; so is an account that there is not", async () => {
    const { email } = await newPoolUser(cognito, makeTenant().tenantId);
    for (const account of [email, newEmail()]) {
      expect(await signIn(account, "Wr0ng!password")).toEqual({
        became: "invalid_credentials",
        told: [["refused", way, "invalid_credentials"]],
      });
    }
  });

  test("a further step is neither, and nobody is told", async () => {
    const { email } = await newPoolUser(cognito, null, { isInvited: true });
    expect(await signIn(email, PASSWORD)).toEqual({ became: "challenge", told: [] });
  });

  test("one try too many is a refusal that nobody is told of", async () => {
    const { email } = await newPoolUser(cognito, makeTenant().tenantId);
    let last = await signIn(email, "Wr0ng!password");
    for (let i = 0; i < 20 && last.became !== "rate_limited"; i++)
      last = await signIn(email, "Wr0ng!password");
    expect(last).toEqual({ became: "rate_limited", told: [] });
  });

  test("a fault of ours is no refusal", async () => {
    cognito.weather = "down";
    const input = { email: newEmail(), password: PASSWORD };
    const sent = {
      form: () => signInBrowser(newBrowser().browser, input),
      api: () => login(newProgram().program, input),
    };
    await expect(sent[way]()).rejects.toMatchObject({ code: "cognito_unavailable" });
  });
});

describe("who chooses a new password on the way in", () => {
  test("goes on as a program with the session of the answer, and is refused by what was wrong", async () => {
    const { email } = await newPoolUser(cognito, makeTenant().tenantId, { isInvited: true });
    const { program, told } = newProgram();
    const asked = await login(program, { email, password: PASSWORD });
    if (!("challenge" in asked)) throw new Error("they were let in");
    const choose = (new_password: string) =>
      answerNewPassword(program, { email, new_password, session: asked.session });
    await expect(choose("weak")).rejects.toMatchObject({
      code: "password_rejected",
      fields: [{ field: "new_password", code: "password_short" }],
    });
    const tokens = await choose(CHOSEN);
    if (!("access_token" in tokens)) throw new Error("they were asked once more");
    const authorization = `Bearer ${tokens.access_token}`;
    expect(await identify({ authorization, sessionCookie: undefined })).toBeTruthy();
    expect(told).toEqual([["signedIn", "api", true]]);
  });

  test("goes on in the browser that they began in, with what was wrong as a result", async () => {
    const { email } = await newPoolUser(cognito, makeTenant().tenantId, { isInvited: true });
    const { browser, cookies, told } = newBrowser();
    const asked = await signInBrowser(browser, { email, password: PASSWORD });
    expect(asked).toMatchObject({ challenge: { challenge: "NEW_PASSWORD_REQUIRED", email } });
    expect(await answerBrowserChallenge(browser, { answer: "weak" })).toMatchObject({
      refused: { code: "password_rejected", fields: [{ field: "new_password", code: "password_short" }] },
    });
    // The page of another tab, about somebody else's step.
    expect(await answerBrowserChallenge(browser, { answer: CHOSEN, email: newEmail() })).toEqual(asked);
    expect(told).toEqual([]);

    const result = await answerBrowserChallenge(browser, { answer: CHOSEN, email });
    if (!("signedIn" in result)) throw new Error("they were not let in");
    expect(await resumeSession(result.signedIn.sessionId)).toMatchObject({ sub: result.signedIn.id });
    expect(cookies.has(cookieName("challenge"))).toBe(false);
    expect(told).toEqual([["signedIn", "form", true]]);
    expect(await answerBrowserChallenge(browser, { answer: CHOSEN })).toMatchObject({
      refused: { code: "challenge_expired" },
    });
  });
});
