import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { killApplication } from "../../infra/local/stack";
import { Api } from "../support/api";
import { type Forge, token } from "../support/forged-token";
import { newKey, startIssuer } from "../support/issuer";
import { expectProblem } from "../support/problem";
import { expect, test as plainTest } from "../support/test";

/** An application just started, which has asked its issuer for nothing yet. */
type Cold = Forge & { api: Api };

const test = plainTest.extend<{ cold: Cold }>({
  cold: async ({ ground }, use) => {
    const [key, evil] = await Promise.all([newKey(), newKey()]);
    const issuer = await startIssuer(key);
    // One folder for all, one after the other: only the first has to make its database.
    const dataDir = join(ground.dataDir, "cold");
    const application = await ground.startApplication({ ...issuer.environment, DATA_DIR: dataDir });
    const clientId = ground.pool.COGNITO_APP_CLIENT_ID;
    await use({ issuer, key, evil, clientId, api: new Api(application.url) });
    await killApplication(application);
    await issuer.close();
  },
});

/** Longer than the application waits between two fetches of the keys. */
const patience = { timeout: 15_000, intervals: [250] };

test("two hundred cold requests at once fetch the keys once", async ({ cold }) => {
  // A process that has just begun to run may not come to read the keys in their 3 s, and says 503: the way there is run in.
  for (let round = 0; round < 10; round++) {
    const refused = await Promise.all(Array.from({ length: 20 }, () => cold.api.get("/api/user/me")));
    expect(refused.map(({ status }) => status)).toEqual(refused.map(() => 401));
  }
  expect(cold.issuer.fetches()).toBe(0);
  const tokens = Array.from({ length: 200 }, () => token(cold));
  const answers = await Promise.all(tokens.map((each) => cold.api.bearer(each).get("/api/user/me")));
  expect(answers.map(({ status }) => status)).toEqual(tokens.map(() => 200));
  expect(cold.issuer.fetches()).toBe(1);
});

test("two hundred made-up key ids are refused and cost a handful of fetches at the most", async ({
  cold,
}) => {
  expect((await cold.api.bearer(token(cold)).get("/api/user/me")).status).toBe(200);
  // Twenty at once: a process that is asked by two hundred may not come to read the keys in their 3 s, and says 503.
  for (let round = 0; round < 10; round++) {
    const forged = Array.from({ length: 20 }, () => token(cold, {}, { kid: randomUUID() }));
    const answers = await Promise.all(forged.map((each) => cold.api.bearer(each).get("/api/user/me")));
    expect(answers.map(({ status }) => status)).toEqual(forged.map(() => 401));
  }
  expect(cold.issuer.fetches()).toBeLessThanOrEqual(5);
  expect((await cold.api.bearer(token(cold)).get("/api/user/me")).status).toBe(200);
});

test("a key that is published later is picked up, beside the old one", async ({ cold }) => {
  const { issuer, key, api } = cold;
  expect((await api.bearer(token(cold)).get("/api/user/me")).status).toBe(200);
  const next = await newKey();
  const rotated = token({ ...cold, key: next });
  expectProblem(await api.bearer(rotated).get("/api/user/me"), 401, "invalid_token");
  issuer.publish(key, next);
  await expect.poll(async () => (await api.bearer(rotated).get("/api/user/me")).status, patience).toBe(200);
  expect((await api.bearer(token(cold)).get("/api/user/me")).status).toBe(200);
});

test("while the keys cannot be had at all, callers hear 503 and when to come back; then it works", async ({
  cold,
}) => {
  await cold.issuer.close();
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => cold.api.bearer(token(cold)).get("/api/user/me")),
  );
  for (const answer of answers) expectProblem(answer, 503, "keys_unavailable");
  // What no key could make right is refused all the same.
  expectProblem(await cold.api.bearer("x.y.z").get("/api/user/me"), 401, "invalid_token");
  await cold.issuer.listen();
  await expect
    .poll(async () => (await cold.api.bearer(token(cold)).get("/api/user/me")).status, patience)
    .toBe(200);
});

test("traffic goes on with the keys at hand when the issuer goes away", async ({ cold }) => {
  expect((await cold.api.bearer(token(cold)).get("/api/user/me")).status).toBe(200);
  await cold.issuer.close();
  const answers = await Promise.all(
    Array.from({ length: 100 }, () => cold.api.bearer(token(cold)).get("/api/user/me")),
  );
  expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
  const forged = { ...cold, key: { ...cold.evil, kid: cold.key.kid } };
  expectProblem(await cold.api.bearer(token(forged)).get("/api/user/me"), 401, "invalid_token");
  await cold.issuer.listen();
});
