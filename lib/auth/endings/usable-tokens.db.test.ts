import { eq } from "drizzle-orm";
import { afterEach, describe, expect, test, vi } from "vitest";
import { tokensOf } from "../../../infra/local/testing/cognito-user";
import { provideCognito } from "../../../infra/local/testing/provide-cognito";
import { latestNow } from "../../cognito/client";
import { refreshTokens } from "../../cognito/refresh-tokens";
import { withDatabase } from "../../db/client";
import { notBefore } from "../../db/schema";
import { identify } from "../access/identify";
import type { Principal } from "../access/principal";
import { endAccess, endAccessHere, endOtherAccess } from "./end-access";
import { finishEndings } from "./finish-endings";
import { beginSignIn } from "./sign-in-order";
import { renewedTokens, usableTokens } from "./usable-tokens";

const cognito = await provideCognito({ clientSecret: true });
afterEach(async () => {
  await setClock(0);
});

const use = async (token: string) =>
  (await identify({ authorization: `Bearer ${token}`, sessionCookie: undefined })).principal;
const refused = (token: string) => expect(use(token)).rejects.toMatchObject({ code: "invalid_token" });

/** How many seconds Cognito's clock is ahead of ours. */
async function setClock(offsetSeconds: number): Promise<void> {
  const headers = { "Content-Type": "application/json" };
  const body = JSON.stringify({ offsetSeconds });
  const answer = await fetch(`${cognito.url}/_local/clock`, { method: "POST", headers, body });
  if (!answer.ok) throw new Error(await answer.text());
}

async function signIn(email: string) {
  const number = await beginSignIn();
  return usableTokens(await tokensOf(email), number);
}

const unfinished = async ({ sub }: Principal) =>
  (await withDatabase((db) => db.select().from(notBefore).where(eq(notBefore.sub, sub))))[0]?.finishAfter !==
  null;

test("tokens of an ordinary sign-in are handed on as they are", async () => {
  const number = await beginSignIn();
  const tokens = await tokensOf("bob@acme.example");
  cognito.calls = [];
  const usable = await usableTokens(tokens, number);
  expect(usable.tokens).toEqual(tokens);
  expect(await use(usable.tokens.accessToken)).toEqual({ ...usable.principal, email: null, name: null });
  expect(cognito.calls).toEqual([]);
});

describe.each([-60, -5, -1, 0, 1, 5, 60])("with Cognito's clock %i s ahead of ours", (offset) => {
  test("a sign-out everywhere ends what was signed in, here or past us, and no sign-in after it", async () => {
    await setClock(offset);
    const before = [await signIn("carol@globex.example"), await signIn("carol@globex.example")];
    const pastUs = await tokensOf("carol@globex.example");
    const [first] = before;
    if (!first) throw new Error("nobody signed in");
    await use(pastUs.accessToken);
    await endAccess(first.principal);
    for (const { accessToken } of [...before.map(({ tokens }) => tokens), pastUs]) await refused(accessToken);

    // Within the same second of whichever clock.
    const after = await signIn("carol@globex.example");
    expect(await use(after.tokens.accessToken)).toMatchObject({ sub: first.principal.sub });
    const renewed = await renewedTokens(String(after.tokens.refreshToken), after.principal.username);
    const { signInId, signedInAt } = after.principal;
    expect(await use(renewed.accessToken)).toMatchObject({ signInId, signedInAt });
  });

  test("a refresh token that Cognito did not revoke brings nothing that is accepted", async () => {
    await setClock(offset);
    const here = await signIn("bob@acme.example");
    const pastUs = await tokensOf("bob@acme.example");
    await endOtherAccess({ principal: { ...here.principal, signInId: null }, session: null }, latestNow());
    const { username } = here.principal;
    for (const { refreshToken } of [here.tokens, pastUs]) {
      const renewed = await refreshTokens(String(refreshToken), username);
      await refused(renewed.accessToken);
      await expect(renewedTokens(String(refreshToken), username)).rejects.toMatchObject({
        code: "session_ended",
      });
      // From now on Cognito refuses it too.
      await expect(refreshTokens(String(refreshToken), username)).rejects.toMatchObject({
        code: "session_ended",
      });
    }
  });
});

test("a sign-in that began before a sign-out everywhere and ends after it is ended by it", async () => {
  const { principal } = await signIn("bob@acme.example");
  const number = await beginSignIn();
  await endAccess(principal);
  const tokens = await tokensOf("bob@acme.example");
  await expect(usableTokens(tokens, number)).rejects.toMatchObject({ code: "session_ended" });
  await refused(tokens.accessToken);
});

test("the Hosted UI's cookie of before a sign-out lets nobody in after it", async () => {
  const { principal } = await signIn("victor@acme.example");
  const old = await tokensOf("victor@acme.example");
  await endAccess(principal);
  // Cognito says when they proved who they are, and that was before.
  await setClock(1);
  await endAccess(principal);
  const number = await beginSignIn();
  await expect(usableTokens(old, number, "web")).rejects.toMatchObject({ code: "session_ended" });
});

test("what a process left unfinished is finished before the next sign-in, which it does not end", async () => {
  const { tokens, principal } = await signIn("carol@globex.example");
  await endAccessHere(principal);
  await withDatabase((db) =>
    db.update(notBefore).set({ heldUntil: null }).where(eq(notBefore.sub, principal.sub)),
  );
  const after = await signIn("carol@globex.example");
  expect(await unfinished(principal)).toBe(false);
  await refused(tokens.accessToken);
  await use(after.tokens.accessToken);
  await renewedTokens(String(after.tokens.refreshToken), principal.username);
});

describe.each(["down", "failing", "throttling", "hanging"] as const)("while Cognito is %s", (weather) => {
  test("a sign-out everywhere holds here, is kept, and is finished once Cognito is back", async () => {
    const { tokens, principal } = await signIn("carol@globex.example");
    cognito.weather = weather;
    await expect(endAccess(principal)).rejects.toMatchObject({ code: "cognito_unavailable" });
    await refused(tokens.accessToken);
    expect(await unfinished(principal)).toBe(true);
    cognito.weather = "fine";
    await finishEndings({ isAwaited: true });
    // The process tries by itself after a second: where that is under way, nobody else begins.
    await vi.waitUntil(async () => !(await unfinished(principal)), { timeout: 10_000 });
    await expect(refreshTokens(String(tokens.refreshToken), principal.username)).rejects.toMatchObject({
      code: "session_ended",
    });
    await use((await signIn("carol@globex.example")).tokens.accessToken);
  });
});
