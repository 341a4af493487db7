import { AdminUserGlobalSignOutCommand } from "@aws-sdk/client-cognito-identity-provider";
import { eq, sql } from "drizzle-orm";
import { afterEach, describe, expect, test, vi } from "vitest";
import { FROM_FORM } from "@/infra/local/testing/from-form";
import { tokensOf } from "../../../infra/local/testing/cognito-user";
import { provideCognito } from "../../../infra/local/testing/provide-cognito";
import { asSuperuser } from "../../../infra/local/testing/superuser";
import { sessions } from "../../db/schema";
import { principalFromToken } from "../access/principal";
import { freshSession } from "./refresh";
import { createSession, deleteSessionsOf, refreshSessionsOf, resumeSession } from "./session-store";

const cognito = await provideCognito();
afterEach(() => {
  vi.resetModules();
});

/** Bob's session, with this many seconds left on its access token. */
async function sessionWith(secondsLeft: number): Promise<string> {
  const tokens = await tokensOf("bob@acme.example");
  const { sub, username } = await principalFromToken(tokens.accessToken);
  const id = await createSession({ sub, username, ...FROM_FORM }, { ...tokens, expiresIn: secondsLeft });
  cognito.calls = [];
  return id;
}
const leaseEnds = (id: string, seconds: number) =>
  asSuperuser((tx) =>
    tx
      .update(sessions)
      .set({ refreshingUntil: sql`now() + make_interval(secs => ${seconds})` })
      .where(eq(sessions.id, id)),
  );
/** The database's clock, and until when it lets nobody renew the session; milliseconds. */
const leaseOf = (id: string) =>
  asSuperuser(async (tx) => {
    const [row] = await tx
      .select({ now: sql<string>`now()`, until: sessions.refreshingUntil })
      .from(sessions)
      .where(eq(sessions.id, id));
    return { now: new Date(row?.now ?? 0).getTime(), until: row?.until.getTime() ?? 0 };
  });

describe("a session whose token has time left", () => {
  test("is used as it is", async () => {
    // Where a busy machine lets that second and a half go by first, the token is rightly renewed: then once more.
    await vi.waitFor(
      async () => {
        const id = await sessionWith(61.5);
        const before = await resumeSession(id);
        expect((await freshSession(id)).tokens).toEqual(before?.tokens);
        expect(cognito.calls).toEqual([]);
      },
      { timeout: 60_000 },
    );
  });
  test("but under a minute is renewed", async () => {
    const id = await sessionWith(59);
    const before = await resumeSession(id);
    const session = await freshSession(id);
    expect(session.tokens.accessToken).not.toBe(before?.tokens.accessToken);
    expect(session.secondsLeft).toBeGreaterThan(3_000);
    expect(session.tokens.refreshToken).toBe(before?.tokens.refreshToken);
    expect(await principalFromToken(session.tokens.accessToken)).toMatchObject({ sub: session.sub });
    expect(cognito.calls).toEqual(["AdminInitiateAuth"]);
  });
});

describe("100 requests at once on an expired token", () => {
  test("make one call to Cognito, and all go on with the new token", async () => {
    const id = await sessionWith(-10);
    const all = await Promise.all(Array.from({ length: 100 }, () => freshSession(id)));
    expect(cognito.calls).toEqual(["AdminInitiateAuth"]);
    expect(new Set(all.map(({ tokens }) => tokens.accessToken)).size).toBe(1);
    expect(all[0]?.secondsLeft).toBeGreaterThan(3_000);
  });
  test("that arrive all the time while it is renewed make one call too", async () => {
    const id = await sessionWith(-10);
    const asked: Promise<unknown>[] = [];
    let renewed = false;
    while (!renewed) {
      asked.push(
        freshSession(id).then(() => {
          renewed = true;
        }),
      );
      await new Promise(setImmediate);
    }
    await Promise.all(asked);
    expect(cognito.calls).toEqual(["AdminInitiateAuth"]);
  });
});

test("requests of two instances at once make one call to Cognito too: the lease is on the row", async () => {
  const id = await sessionWith(-10);
  vi.resetModules();
  const { freshSession: onAnotherInstance } = await import("./refresh");
  expect(onAnotherInstance).not.toBe(freshSession);
  // Not a hundred: who waits for another instance asks the database again and again, and here both instances, Cognito and
  // perhaps the database share one thread. Whoever renews would come to nothing before their lease is over.
  const all = await Promise.all(
    Array.from({ length: 8 }, (_, i) => (i % 2 === 0 ? freshSession(id) : onAnotherInstance(id))),
  );
  expect(cognito.calls).toEqual(["AdminInitiateAuth"]);
  expect(new Set(all.map(({ tokens }) => tokens.accessToken)).size).toBe(1);
});

describe("Cognito's refusal is final", () => {
  test("and ends the session for everyone who waits", async () => {
    const id = await sessionWith(-10);
    const { username = "" } = (await resumeSession(id)) ?? {};
    await cognito.sdk.send(
      new AdminUserGlobalSignOutCommand({
        UserPoolId: cognito.UserPoolId,
        Username: username,
      }),
    );
    const all = await Promise.allSettled(Array.from({ length: 20 }, () => freshSession(id)));
    for (const each of all) {
      expect(each).toMatchObject({ status: "rejected", reason: { code: "session_ended", status: 401 } });
    }
    expect(cognito.calls.filter((call) => call === "AdminInitiateAuth")).toHaveLength(1);
    expect(await resumeSession(id)).toBeNull();
  });
  test("while the token has time left, too", async () => {
    const id = await sessionWith(30);
    const { username = "" } = (await resumeSession(id)) ?? {};
    await cognito.sdk.send(
      new AdminUserGlobalSignOutCommand({
        UserPoolId: cognito.UserPoolId,
        Username: username,
      }),
    );
    await expect(freshSession(id)).rejects.toMatchObject({ code: "session_ended" });
    expect(await resumeSession(id)).toBeNull();
  });
});

describe.each(["down", "failing", "throttling"] as const)("while Cognito is %s", (weather) => {
  test("a token that has time left goes on, and is asked about once in 3 s", async () => {
    const id = await sessionWith(55);
    cognito.weather = weather;
    const before = await resumeSession(id);
    const earliest = (await leaseOf(id)).now;
    expect((await freshSession(id)).tokens).toEqual(before?.tokens);
    const tries = cognito.calls.length;
    expect(tries).toBeGreaterThan(0);
    expect(tries).toBeLessThanOrEqual(3);
    const { now: latest, until } = await leaseOf(id);
    expect(until).toBeGreaterThanOrEqual(earliest + 3_000);
    expect(until).toBeLessThanOrEqual(latest + 3_000);
    // Those 3 s last as long as this machine may need.
    await leaseEnds(id, 3_600);
    await Promise.all(Array.from({ length: 20 }, () => freshSession(id)));
    expect(cognito.calls).toHaveLength(tries);
  });
  test("an expired one is unavailable, the session stays, and works once Cognito is back", async () => {
    const id = await sessionWith(-10);
    cognito.weather = weather;
    await expect(freshSession(id)).rejects.toMatchObject({
      code: "cognito_unavailable",
      status: 503,
      retryAfter: 5,
    });
    expect(await resumeSession(id)).not.toBeNull();
    cognito.weather = "fine";
    await leaseEnds(id, -1);
    expect((await freshSession(id)).secondsLeft).toBeGreaterThan(3_000);
  });
});

test("a holder of the lease that died is replaced when the lease is over", async () => {
  const id = await sessionWith(-10);
  const started = performance.now();
  await leaseEnds(id, 0.4);
  expect((await freshSession(id)).secondsLeft).toBeGreaterThan(3_000);
  expect(performance.now() - started).toBeGreaterThan(300);
  expect(cognito.calls).toEqual(["AdminInitiateAuth"]);
});

test("a session without a refresh token ends when its access token does", async () => {
  const tokens = await tokensOf("bob@acme.example");
  const { sub, username } = await principalFromToken(tokens.accessToken);
  const id = await createSession(
    { sub, username, ...FROM_FORM },
    { ...tokens, refreshToken: undefined, expiresIn: -1 },
  );
  await expect(freshSession(id)).rejects.toMatchObject({ code: "session_ended" });
});

/** What becomes of a session to which this happens while Cognito is still at it. */
async function whileRenewed(happens: (sub: string) => Promise<unknown>) {
  const id = await sessionWith(-10);
  const { sub = "" } = (await resumeSession(id)) ?? {};
  await fetch(`${cognito.url}/_local/faults`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ target: "AdminInitiateAuth", kind: "slow", times: 1, delayMs: 1_000 }),
  });
  const renewed = freshSession(id);
  await vi.waitUntil(() => cognito.calls.length > 0, { interval: 1, timeout: 15_000 });
  await happens(sub);
  return { id, renewed };
}

test("a session that was ended while it was renewed stays ended", async () => {
  const { id, renewed } = await whileRenewed(deleteSessionsOf);
  await expect(renewed).rejects.toMatchObject({ code: "session_ended" });
  expect(await resumeSession(id)).toBeNull();
});

test("a session whose tokens went out of date while they were renewed is renewed once more", async () => {
  const { renewed } = await whileRenewed(refreshSessionsOf);
  expect((await renewed).secondsLeft).toBeGreaterThan(3_000);
  expect(cognito.calls).toEqual(["AdminInitiateAuth", "AdminInitiateAuth"]);
});
