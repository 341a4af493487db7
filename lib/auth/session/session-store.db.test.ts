import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterEach, describe, expect, test, vi } from "vitest";
import { FROM_FORM } from "@/infra/local/testing/from-form";
import { asSuperuser } from "../../../infra/local/testing/superuser";
import { sessions } from "../../db/schema";
import { sweep } from "../../db/sweep";
import { ends } from "./ends";
import {
  createSession,
  deleteSessionsOf,
  endSession,
  holdRefreshLease,
  resumeSession,
  storeRenewedTokens,
  takeRefreshLease,
} from "./session-store";

const TOKENS = {
  accessToken: "canary-access",
  idToken: "canary-id",
  refreshToken: "canary-refresh",
  expiresIn: 3600,
};
const HOUR = 3600;
const LEASE = { below: 60, seconds: 10 };

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

const owner = () => {
  const sub = randomUUID();
  return { sub, username: sub, ...FROM_FORM };
};

/** The row as it lies in the database. */
async function rowOf(id: string) {
  const [row] = await asSuperuser((tx) => tx.select().from(sessions).where(eq(sessions.id, id)));
  return row;
}

/** Moves a time of the row into the past (seconds), as if so much time had gone by. */
function age(
  id: string,
  times: Partial<Record<"createdAt" | "lastSeenAt" | "tokensExpireAt" | "refreshingUntil", number>>,
) {
  const moved = Object.entries(times).map(([name, seconds]) => [
    name,
    sql`${sessions[name as keyof typeof times]} - make_interval(secs => ${seconds})`,
  ]);
  return asSuperuser((tx) => tx.update(sessions).set(Object.fromEntries(moved)).where(eq(sessions.id, id)));
}

describe("a session", () => {
  test("is found with its tokens and the time they are still good for", async () => {
    const who = owner();
    const id = await createSession(who, TOKENS);
    const { accessToken, idToken, refreshToken } = TOKENS;
    const session = await resumeSession(id);
    expect(session).toMatchObject({
      id,
      sub: who.sub,
      client: who.client,
      tokens: { accessToken, idToken, refreshToken },
    });
    expect(session?.secondsLeft).toBeGreaterThan(3590);
    expect(session?.secondsLeft).toBeLessThanOrEqual(3600.001);
    await age(id, { tokensExpireAt: 2 * HOUR });
    expect((await resumeSession(id))?.secondsLeft).toBeLessThan(-3590);
  });
  test("that is not there is null", async () => {
    expect(await resumeSession(randomUUID())).toBeNull();
  });
  test("may be without a refresh token", async () => {
    const id = await createSession(owner(), { ...TOKENS, refreshToken: undefined });
    expect((await resumeSession(id))?.tokens).toEqual({ accessToken: "canary-access", idToken: "canary-id" });
  });
  test("has an id that no other has, for the same user too", async () => {
    const who = owner();
    expect(await createSession(who, TOKENS)).not.toBe(await createSession(who, TOKENS));
  });
});

describe("the limits of a session", () => {
  test("12 hours, however busy it is", async () => {
    const id = await createSession(owner(), TOKENS);
    await age(id, { createdAt: 12 * HOUR - 30 });
    expect(await resumeSession(id)).not.toBeNull();
    await age(id, { createdAt: 31 });
    expect(await resumeSession(id)).toBeNull();
  });
  test("2 hours without use", async () => {
    const id = await createSession(owner(), TOKENS);
    await age(id, { lastSeenAt: 2 * HOUR - 30 });
    expect(await resumeSession(id)).not.toBeNull();
    await age(id, { lastSeenAt: 2 * HOUR - 30 });
    expect(await resumeSession(id), "the use in between counts").not.toBeNull();
    await age(id, { lastSeenAt: 2 * HOUR + 1 });
    expect(await resumeSession(id)).toBeNull();
    expect(await resumeSession(id), "and looking again does not revive it").toBeNull();
  });
  test("2 hours without anybody, whatever a page asks for by itself", async () => {
    const id = await createSession(owner(), TOKENS);
    await age(id, { lastSeenAt: 2 * HOUR - 30 });
    expect(await resumeSession(id, { isSeen: false })).not.toBeNull();
    await age(id, { lastSeenAt: 31 });
    expect(await resumeSession(id, { isSeen: false })).toBeNull();
  });
  test("a use is written down once a minute, not each time", async () => {
    const id = await createSession(owner(), TOKENS);
    await age(id, { lastSeenAt: 50 });
    const before = await rowOf(id);
    await resumeSession(id);
    expect((await rowOf(id))?.lastSeenAt).toEqual(before?.lastSeenAt);
    await age(id, { lastSeenAt: 11 });
    await resumeSession(id);
    expect((await rowOf(id))?.lastSeenAt.getTime()).toBeGreaterThan(before?.lastSeenAt.getTime() ?? 0);
  });
  test("rows past 12 hours, or unused for 2, are swept by housekeeping, the others stay", async () => {
    const create = () => createSession(owner(), TOKENS);
    const [old, idle, young] = [await create(), await create(), await create()];
    await age(old, { createdAt: 12 * HOUR + 1 });
    await age(idle, { lastSeenAt: 2 * HOUR + 1 });
    const [end] = ends;
    await sweep(sessions, end?.by === "time" ? end.whereOver?.() : undefined, 1_000);
    expect(await rowOf(old)).toBeUndefined();
    expect(await rowOf(idle)).toBeUndefined();
    expect(await rowOf(young)).toBeDefined();
  });
});

describe("tokens in the row", () => {
  test("cannot be read, nor told to be the same", async () => {
    const [one, other] = [
      await rowOf(await createSession(owner(), TOKENS)),
      await rowOf(await createSession(owner(), TOKENS)),
    ];
    const bytes = Buffer.from(one?.sealedTokens ?? "");
    expect(bytes.length).toBeGreaterThan(50);
    for (const form of ["utf8", "latin1", "base64", "hex"] as const) {
      expect(bytes.toString(form)).not.toContain("canary");
      expect(bytes.toString(form)).not.toContain(Buffer.from("canary-access").toString(form));
    }
    expect(JSON.stringify({ ...one, sealedTokens: "" })).not.toContain("canary");
    expect(bytes.equals(Buffer.from(other?.sealedTokens ?? ""))).toBe(false);
  });
  test("do not open in another row", async () => {
    const [mine, stolen] = [await createSession(owner(), TOKENS), await createSession(owner(), TOKENS)];
    const sealedTokens = (await rowOf(stolen))?.sealedTokens ?? Buffer.from("");
    await asSuperuser((tx) => tx.update(sessions).set({ sealedTokens }).where(eq(sessions.id, mine)));
    expect(await resumeSession(mine)).toBeNull();
  });
  test.each([
    ["with a byte changed", (bytes: Buffer) => bytes.fill((bytes[40] ?? 0) ^ 1, 40, 41)],
    ["cut short", (bytes: Buffer) => bytes.subarray(0, 20)],
    ["that are empty", () => Buffer.from("")],
  ])("%s mean no session, and not an error", async (_, damage) => {
    const id = await createSession(owner(), TOKENS);
    const bytes = Buffer.from((await rowOf(id))?.sealedTokens ?? "");
    await asSuperuser((tx) =>
      tx
        .update(sessions)
        .set({ sealedTokens: Buffer.from(damage(bytes)) })
        .where(eq(sessions.id, id)),
    );
    expect(await resumeSession(id)).toBeNull();
  });
  test("still open while the secret is being changed, and no longer after that", async () => {
    const id = await createSession(owner(), TOKENS);
    const previous = process.env.NEXTAUTH_SECRET ?? "";
    const next = "kAzmW7Jp0cV9-qTn3Yx8RbE5uLs2Hd6G-other";
    const findWith = async (secrets: Record<string, string>) => {
      vi.resetModules();
      for (const [name, secret] of Object.entries(secrets)) vi.stubEnv(name, secret);
      return (await import("./session-store")).resumeSession(id);
    };
    expect(await findWith({ NEXTAUTH_SECRET: next, NEXTAUTH_SECRET_PREVIOUS: previous })).toMatchObject({
      tokens: { accessToken: "canary-access" },
    });
    expect(await findWith({ NEXTAUTH_SECRET: next, NEXTAUTH_SECRET_PREVIOUS: "" })).toBeNull();
  });
});

describe("the lease to refresh", () => {
  const expiring = async () => createSession(owner(), { ...TOKENS, expiresIn: 30 });

  test("is won by one of many", async () => {
    const id = await expiring();
    const taken = await Promise.all(Array.from({ length: 30 }, () => takeRefreshLease(id, LEASE)));
    expect(taken.filter(Boolean)).toHaveLength(1);
  });
  test("is nobody's at the beginning, also within the millisecond that a moment is rounded to", async () => {
    const { createdAt, refreshingUntil } = (await rowOf(await expiring())) ?? {};
    expect(refreshingUntil?.getTime()).toBeLessThan(createdAt?.getTime() ?? 0);
  });
  // An hour, so that no time goes by which a busy machine could take for itself.
  test("can be taken again when its time is over, and not before", async () => {
    const id = await expiring();
    expect(await takeRefreshLease(id, { ...LEASE, seconds: HOUR })).toBe(true);
    await age(id, { refreshingUntil: HOUR - 60 });
    expect(await takeRefreshLease(id, LEASE)).toBe(false);
    await age(id, { refreshingUntil: 61 });
    expect(await takeRefreshLease(id, LEASE)).toBe(true);
  });
  test("can be held back for everyone", async () => {
    const id = await expiring();
    await holdRefreshLease(id, HOUR);
    expect(await takeRefreshLease(id, LEASE)).toBe(false);
    await age(id, { refreshingUntil: HOUR + 1 });
    expect(await takeRefreshLease(id, LEASE)).toBe(true);
  });
  test("is not to be had for tokens that are good for longer: somebody else has renewed them", async () => {
    const id = await expiring();
    const session = await resumeSession(id);
    expect(await takeRefreshLease(id, LEASE)).toBe(true);
    if (session) await storeRenewedTokens(session, { ...TOKENS, refreshToken: undefined });
    expect(await takeRefreshLease(id, LEASE)).toBe(false);
    await age(id, { tokensExpireAt: HOUR - 50 });
    expect(await takeRefreshLease(id, LEASE)).toBe(true);
  });
  test("is nobody's where there is no session", async () => {
    expect(await takeRefreshLease(randomUUID(), LEASE)).toBe(false);
  });
});

describe("renewed tokens", () => {
  const renewed = { accessToken: "new-access", idToken: "new-id", refreshToken: undefined, expiresIn: 3600 };

  test("replace the old ones; the refresh token stays unless a new one came", async () => {
    const id = await createSession(owner(), { ...TOKENS, expiresIn: 30 });
    const session = await resumeSession(id);
    if (!session) throw new Error("no session");
    expect(await takeRefreshLease(id, LEASE)).toBe(true);
    await storeRenewedTokens(session, renewed);
    const { accessToken, idToken } = renewed;
    expect((await resumeSession(id))?.tokens).toEqual({
      accessToken,
      idToken,
      refreshToken: "canary-refresh",
    });
    expect((await resumeSession(id))?.secondsLeft).toBeGreaterThan(3590);
    await storeRenewedTokens(session, { ...renewed, refreshToken: "rotated" });
    expect((await resumeSession(id))?.tokens.refreshToken).toBe("rotated");
  });
  test("do not bring back a session that was ended meanwhile", async () => {
    const id = await createSession(owner(), TOKENS);
    const session = await resumeSession(id);
    await endSession(id);
    if (session) await storeRenewedTokens(session, renewed);
    expect(await rowOf(id)).toBeUndefined();
  });
});

describe("ending", () => {
  test("deletes the row although Cognito is away", async () => {
    const id = await createSession(owner(), TOKENS);
    await endSession(id);
    expect(await rowOf(id)).toBeUndefined();
    await endSession(id);
  });
  test("all of a user leaves those of others", async () => {
    const [who, another] = [owner(), owner()];
    const ended = [await createSession(who, TOKENS), await createSession(who, TOKENS)];
    const kept = await createSession(another, TOKENS);
    await deleteSessionsOf(who.sub);
    for (const id of ended) expect(await resumeSession(id)).toBeNull();
    expect(await resumeSession(kept)).not.toBeNull();
  });
});
