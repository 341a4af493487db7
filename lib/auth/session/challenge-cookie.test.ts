import { afterEach, expect, test, vi } from "vitest";
import { dropChallenge, keepChallenge, type PendingChallenge, readChallenge } from "./challenge-cookie";
import { encodeCookie, readSessionCookie } from "./session-cookie";

const PENDING: PendingChallenge = {
  challenge: "SMS_MFA",
  email: "sam@acme.example",
  username: "0f6a",
  session: "canary-session",
  destination: "+*********5678",
};

/** A browser's cookies, with the CSRF cookie that NextAuth gives each its own. */
function browser(csrf: string, held: Record<string, string> = {}) {
  const cookies = new Map(Object.entries({ "sekisho-3000.csrf": csrf, ...held }));
  return {
    cookies,
    get: (name: string) => {
      const value = cookies.get(name);
      return value === undefined ? undefined : { value };
    },
    set: vi.fn((name: string, value: string, _options: object) => cookies.set(name, value)),
  };
}

afterEach(() => {
  vi.useRealTimers();
});

test("a step is kept for three minutes where no script reads it, and read by the same browser", async () => {
  const jar = browser("mine");
  await keepChallenge(jar, PENDING);
  expect(await readChallenge(jar)).toEqual(PENDING);
  expect(jar.set).toHaveBeenCalledWith("sekisho-3000.challenge", expect.any(String), {
    httpOnly: true,
    sameSite: "lax",
    path: "/",
    secure: false,
    maxAge: 180,
  });
  const written = jar.cookies.get("sekisho-3000.challenge") ?? "";
  for (const part of written.split(".")) {
    expect(Buffer.from(part, "base64url").toString()).not.toMatch(/canary|sam@/);
  }
});

test("another browser cannot read it, nor one without a CSRF cookie", async () => {
  const jar = browser("mine");
  await keepChallenge(jar, PENDING);
  const held = { "sekisho-3000.challenge": jar.cookies.get("sekisho-3000.challenge") ?? "" };
  expect(await readChallenge(browser("another", held))).toBeNull();
  const bare = browser("", held);
  bare.cookies.delete("sekisho-3000.csrf");
  expect(await readChallenge(bare)).toBeNull();
});

test("it is gone when it was dropped, and of no use when it is late", async () => {
  const jar = browser("mine");
  await keepChallenge(jar, PENDING);
  vi.useFakeTimers({ now: Date.now() + 200_000 });
  expect(await readChallenge(jar)).toBeNull();
  vi.useRealTimers();
  expect(await readChallenge(jar)).toEqual(PENDING);
  dropChallenge(jar);
  expect(await readChallenge(jar)).toBeNull();
});

test("a step is no session, and what a session or another cookie holds is no step", async () => {
  const jar = browser("mine");
  await keepChallenge(jar, PENDING);
  expect(await readSessionCookie(jar.cookies.get("sekisho-3000.challenge"))).toBeNull();
  const session = await encodeCookie({ ...PENDING, sessionId: "x", sub: "x" }, "", 60);
  const incomplete = await encodeCookie({ challenge: "SMS_MFA" }, "challenge", 60);
  for (const value of [session, incomplete, "", "x", "a.b.c.d.e"]) {
    expect(await readChallenge(browser("mine", { "sekisho-3000.challenge": value }))).toBeNull();
  }
});
