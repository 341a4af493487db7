import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { newPoolUser } from "../../infra/local/testing/cognito-user";
import { FROM_FORM } from "../../infra/local/testing/from-form";
import { provideCognito } from "../../infra/local/testing/provide-cognito";
import { asSuperuser } from "../../infra/local/testing/superuser";
import { makeTenant } from "../../infra/local/testing/tenant";
import { listAudit } from "../audit/list-audit";
import { type Caller, identify } from "../auth/access/identify";
import { beginSignIn } from "../auth/endings/sign-in-order";
import { usableTokens } from "../auth/endings/usable-tokens";
import { encodeCookie } from "../auth/session/session-cookie";
import { createSession } from "../auth/session/session-store";
import { signInWithPassword } from "../cognito/sign-in";
import { sessions } from "../db/schema";
import { env } from "../env";
import { endOtherSessions, listOwnSessions } from "./own-sessions";

const password = "Passw0rd!of-mine";
const cognito = await provideCognito();

/** Somebody, and ways for them to sign in. */
async function newPerson() {
  const { tenantId } = makeTenant();
  const { email } = await newPoolUser(cognito, tenantId, { password });
  async function tokens() {
    const number = await beginSignIn();
    const outcome = await signInWithPassword(email, password);
    if ("challenge" in outcome) throw new Error("a challenge where none was expected");
    return (await usableTokens(outcome.tokens, number)).tokens;
  }
  const script = async () => ({
    authorization: `Bearer ${(await tokens()).accessToken}`,
    sessionCookie: undefined,
  });
  const { principal } = await identify(await script());
  const { sub, username } = principal;
  async function browser(client: "server" | "web" = "server") {
    const id = await createSession({ sub, username, ...FROM_FORM, client }, await tokens());
    const sessionCookie = await encodeCookie({ sessionId: id, sub, name: "Bob" }, "", 3600);
    return { id, presented: { authorization: null, sessionCookie, address: "192.0.2.7" } };
  }
  const shown = async () =>
    (await listAudit(makeTenant({ tenantId }), { limit: 5 })).rows.map(({ action, detail }) => [
      action,
      detail,
    ]);
  return { script, browser, shown };
}

const idsOf = async (caller: Caller) => (await listOwnSessions(caller)).map(({ id }) => id);

test("ending all others ends other browsers and scripts at once, counts the browsers, and is on record", async () => {
  const { script, browser, shown } = await newPerson();
  const [here, one, other, api] = [await browser(), await browser(), await browser(), await script()];
  const caller = await identify(here.presented);
  expect(await idsOf(caller)).toEqual([other.id, one.id, here.id]);
  expect(await endOtherSessions(caller, { password })).toEqual({ ended: 2 });
  for (const { presented } of [one, other]) {
    await expect(identify(presented)).rejects.toMatchObject({ code: "session_ended" });
  }
  await expect(identify(api)).rejects.toMatchObject({ code: "invalid_token" });
  expect(await idsOf(await identify(here.presented))).toEqual([here.id]);
  expect(await shown()).toEqual([["sign_out.others", { count: 2 }]]);
});

test("whoever signs in afterwards is not ended by it", async () => {
  const { browser, script } = await newPerson();
  const here = await browser();
  await endOtherSessions(await identify(here.presented), { password });
  await identify((await browser()).presented);
  await expect(identify(await script())).resolves.toBeDefined();
});

test("a session past its limits is not counted", async () => {
  const { browser } = await newPerson();
  const [here, old] = [await browser(), await browser()];
  const longAgo = sql`now() - make_interval(secs => ${env().SESSION_IDLE_MINUTES * 60 + 1})`;
  await asSuperuser((tx) => tx.update(sessions).set({ lastSeenAt: longAgo }).where(eq(sessions.id, old.id)));
  expect(await endOtherSessions(await identify(here.presented), { password })).toEqual({ ended: 0 });
});

test("a wrong password, and none, end nothing", async () => {
  const { browser } = await newPerson();
  const [here, other] = [await browser(), await browser()];
  const caller = await identify(here.presented);
  await expect(endOtherSessions(caller, { password: "Wr0ng!password" })).rejects.toMatchObject({
    code: "invalid_credentials",
    fields: [{ field: "password", code: "wrong_password" }],
  });
  await expect(endOtherSessions(caller, {})).rejects.toMatchObject({
    code: "invalid_request",
    fields: [{ field: "password", code: "required" }],
  });
  await identify(other.presented);
});

test("who came by the Hosted UI has no password to say, and ends the others all the same", async () => {
  const { browser } = await newPerson();
  const [here, other] = [await browser("web"), await browser()];
  expect(await endOtherSessions(await identify(here.presented), {})).toEqual({ ended: 1 });
  await expect(identify(other.presented)).rejects.toMatchObject({ code: "session_ended" });
});
