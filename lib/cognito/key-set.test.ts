import { KidNotFoundInJwksError } from "aws-jwt-verify/error";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import {
  type KeyServer,
  makeSigningKey,
  type SigningKey,
  startKeyServer,
} from "../../infra/local/testing/key-server";
import { KeySet } from "./key-set";

const MINUTE = 60_000;

let key: SigningKey;
let nextKey: SigningKey;
let server: KeyServer;
let keySet: KeySet;
/** The clock, in milliseconds. */
let now: number;

beforeAll(async () => {
  [key, nextKey] = await Promise.all([makeSigningKey("key1"), makeSigningKey("key2")]);
  server = await startKeyServer();
});
afterAll(() => server.close());

beforeEach(async () => {
  server.keys = [key];
  server.mood = "well";
  now = 0;
  keySet = new KeySet(server.url, () => now);
  await get(key);
  server.fetches = 0;
});

const get = ({ kid }: SigningKey) =>
  keySet.getJwk(server.url, { header: { alg: "RS256", kid }, payload: {} } as Parameters<
    KeySet["getJwk"]
  >[1]);
/** Lets a fetch that runs beside the traffic come to its end. */
const settled = () => keySet.getJwks();

const unavailable = { code: "keys_unavailable", retryAfter: 5 };

test("keys younger than 5 minutes are served without asking, older ones are renewed beside the traffic", async () => {
  now = 5 * MINUTE - 1;
  await get(key);
  expect(server.fetches).toBe(0);
  now = 5 * MINUTE;
  await get(key);
  await settled();
  expect(server.fetches).toBe(1);
});

test("a retired key is refused within 10 minutes, with traffic all the time", async () => {
  server.keys = [nextKey];
  for (now = MINUTE / 2; now <= 10 * MINUTE; now += MINUTE / 2) {
    const refused = await get(key).then(
      () => false,
      (error) => error instanceof KidNotFoundInJwksError,
    );
    await settled();
    if (refused) break;
  }
  expect(now).toBeLessThanOrEqual(10 * MINUTE);
});

test("a retired key is refused at once when nobody called for 10 minutes", async () => {
  server.keys = [nextKey];
  now = 10 * MINUTE;
  await expect(get(key)).rejects.toThrow(KidNotFoundInJwksError);
});

test("a failure long past is no reason to trust a retired key", async () => {
  server.mood = "failing";
  now = 6 * MINUTE;
  await get(key);
  await settled();
  server.mood = "well";
  server.keys = [nextKey];
  now = 20 * MINUTE;
  await expect(get(key)).rejects.toThrow(KidNotFoundInJwksError);
});

test("an outage of nearly an hour does not touch warm traffic; older keys are used no more", async () => {
  server.mood = "failing";
  for (now = MINUTE / 2; now < 60 * MINUTE; now += MINUTE / 2) {
    await get(key);
    await settled();
  }
  expect(server.fetches).toBeGreaterThan(50);
  now = 60 * MINUTE;
  await expect(get(key)).rejects.toMatchObject(unavailable);
});

test("the first call after an outage of hours is served", async () => {
  server.mood = "failing";
  now = 61 * MINUTE;
  await expect(get(key)).rejects.toMatchObject(unavailable);
  server.mood = "well";
  now += 5_000;
  await get(key);
});

test("the first call after quiet hours is served, though the last fetch had failed", async () => {
  server.mood = "failing";
  now = 6 * MINUTE;
  await get(key);
  await settled();
  server.mood = "well";
  now = 120 * MINUTE;
  await get(key);
});

test("an endpoint that hangs is given up on after 3 s, and warm traffic never waits for it", async () => {
  server.mood = "hanging";
  /** Which of the two comes first: an answer to somebody who asks, or the end of the fetch that runs meanwhile. */
  const first = () => Promise.race([get(key).then(() => "served"), settled().then(() => "given up")]);
  const started = performance.now();
  now = 9.7 * MINUTE;
  expect(await first()).toBe("served");
  await settled();
  expect(performance.now() - started).toBeLessThan(6_000);
  now = 10.2 * MINUTE;
  expect(await first()).toBe("served");
  server.mood = "well";
});

test("a failed fetch is not repeated for 5 s, however many ask", async () => {
  server.mood = "failing";
  now = MINUTE;
  await Promise.all(
    Array.from({ length: 20 }, () => expect(get(nextKey)).rejects.toMatchObject(unavailable)),
  );
  now += 4_999;
  await expect(get(nextKey)).rejects.toMatchObject(unavailable);
  expect(server.fetches).toBe(1);
  server.mood = "well";
  server.keys = [key, nextKey];
  now += 1;
  await get(nextKey);
  expect(server.fetches).toBe(2);
});

test("whether keys can be used is said without asking the pool each time, also through an outage", async () => {
  for (now = 0; now < 20 * MINUTE; now += MINUTE / 60) expect(await keySet.isUsable()).toBe(true);
  await settled();
  expect(server.fetches).toBeLessThanOrEqual(4);
  server.mood = "failing";
  now += 30 * MINUTE;
  expect(await keySet.isUsable()).toBe(true);
  now += 31 * MINUTE;
  expect(await keySet.isUsable()).toBe(false);
});

test("a process that never had keys says so until it has them, and asks once in 5 s at the most", async () => {
  server.mood = "failing";
  const cold = new KeySet(server.url, () => now);
  for (let probe = 0; probe < 20; probe++) expect(await cold.isUsable()).toBe(false);
  expect(server.fetches).toBe(1);
  server.mood = "well";
  now += 5_000;
  expect(await cold.isUsable()).toBe(true);
});
