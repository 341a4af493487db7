import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startTestCognito, type TestCognito } from "../../infra/local/testing/cognito";
import { tokensOf } from "../../infra/local/testing/cognito-user";
import { signOutEverywhere } from "../cognito/user-directory";
import { authenticate } from "./authenticate";
import { refusedUpTo, refuseIssuedTokens } from "./not-before";
import { principalFromToken } from "./principal";
import { usableTokens } from "./usable-tokens";

let cognito: TestCognito;

beforeAll(async () => {
  cognito = await startTestCognito({ clientSecret: true });
  Object.assign(process.env, cognito.environment);
});
afterAll(() => cognito.close());
beforeEach(() => {
  cognito.calls = [];
});

const use = (token: string) => authenticate({ authorization: `Bearer ${token}`, sessionCookie: undefined });

/** Signs the owner of these tokens out everywhere, then in again within the same second. */
async function signOutAndIn(email: string) {
  const { sub, username } = await principalFromToken((await tokensOf(email)).accessToken);
  for (let attempt = 0; attempt < 5; attempt++) {
    // From the start of a second there is time for both.
    await sleep(1_000 - (Date.now() % 1_000));
    await refuseIssuedTokens(sub);
    await signOutEverywhere(username);
    const tokens = await tokensOf(email);
    const { issuedAt } = await principalFromToken(tokens.accessToken);
    if (issuedAt === (await refusedUpTo(sub))) return tokens;
  }
  throw new Error("a sign-out and a sign-in did not fit into one second");
}

test("tokens of an ordinary sign-in are handed on as they are", async () => {
  const tokens = await tokensOf("bob@acme.example");
  cognito.calls = [];
  const usable = await usableTokens(tokens);
  expect(usable.tokens).toEqual(tokens);
  expect(await use(usable.tokens.accessToken)).toEqual({ ...usable.principal, email: null });
  expect(cognito.calls).toEqual([]);
});

test("a sign-in in the very second of a sign-out everywhere gets tokens that work", async () => {
  const tokens = await signOutAndIn("carol@globex.example");
  await expect(use(tokens.accessToken)).rejects.toMatchObject({ code: "invalid_token" });
  const usable = await usableTokens(tokens);
  expect(await use(usable.tokens.accessToken)).toEqual({ ...usable.principal, email: null });
  expect(usable.principal).toMatchObject({ tenantClaim: "globex", groups: ["admin"] });
  expect(usable.tokens.refreshToken).toBe(tokens.refreshToken);
});
