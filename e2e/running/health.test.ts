import { startPostgres } from "../../infra/local/postgres";
import { killApplication } from "../../infra/local/stack";
import { makeSigningKey, startKeyServer } from "../../infra/local/testing/key-server";
import { Api, login } from "../support/api";
import { liveEvents, nextOf, STREAMS } from "../support/live-events";
import { withoutPostgres } from "../support/skip-reason";
import { expect, test } from "../support/test";
import { newTenant, newUser } from "../support/users";

const WELL = { status: "ok", database: "ok", keys: "ok", notices: "ok", process: "ok" };

test("an instance is ready when tokens can be verified, and asks for no keys at each question", async ({
  ground,
}) => {
  const keys = await startKeyServer(await makeSigningKey("key1"));
  keys.mood = "failing";
  const application = await ground.startApplication({
    COGNITO_JWKS_URL: keys.url,
    ...(ground.environment(0).DATABASE_URL ? {} : { DATA_DIR: `${ground.dataDir}/keys` }),
  });
  const api = new Api(application.url);
  const unready = await api.get("/api/health/ready");
  expect([unready.status, unready.body]).toEqual([
    503,
    { ...WELL, status: "unavailable", keys: "unavailable" },
  ]);
  expect((await api.get("/api/health/live")).status).toBe(200);
  expect((await api.get("/api/health")).status).toBe(200);

  keys.mood = "well";
  await expect.poll(async () => (await api.get("/api/health/ready")).body).toEqual(WELL);
  const { fetches } = keys;
  for (let probe = 0; probe < 30; probe++) expect((await api.get("/api/health/ready")).status).toBe(200);
  expect(keys.fetches).toBe(fetches);
  await killApplication(application);
  await keys.close();
});

test("an instance whose database is away lives, is not ready, names what is away, and comes back", async ({
  ground,
}) => {
  const reason = withoutPostgres();
  test.skip(reason !== null, reason ?? "");
  const postgres = await startPostgres();
  if (!postgres) throw new Error("There is no PostgreSQL here.");
  const database = await postgres.createDatabase();
  const application = await ground.startApplication({ DATABASE_URL: database.appUrl });
  const api = new Api(application.url);
  const readiness = async () => (await api.get("/api/health/ready")).body;
  const user = await newUser(ground, { tenant: newTenant() });
  const { access_token } = await login(application.url, user.email, user.password);
  const Authorization = `Bearer ${access_token}`;
  const streams = STREAMS.map((path) => liveEvents(application.url + path, { Authorization }));
  for (const events of streams) await nextOf(events, "live");
  await expect.poll(readiness).toEqual(WELL);

  await postgres.stop();
  await expect.poll(readiness).toEqual({ ...WELL, status: "unavailable", database: "unavailable" });
  expect((await api.get("/api/health/live")).status).toBe(200);
  await postgres.start();
  await expect.poll(readiness, { timeout: 30_000 }).toEqual(WELL);
  await killApplication(application);
  await postgres.destroy();
});
