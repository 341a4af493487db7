import { startApplication } from "../../infra/local/application";
import { freePort } from "../../infra/local/ports";
import type { TestDatabase } from "../../infra/local/postgres-database";
import type { Ground } from "../../infra/local/stack";
import { SETTINGS } from "../support/matrix";
import { matrixTests } from "../support/matrix-tests";
import { newDatabase } from "../support/shared-postgres";
import { withoutPostgres } from "../support/skip-reason";
import { expect, test } from "../support/test";
import { buildWithoutMiddleware } from "../support/without-middleware";

const reason = withoutPostgres();
let database: TestDatabase;
let build: ReturnType<typeof buildWithoutMiddleware>;

test.skip(reason !== null, reason ?? "");
test.beforeAll(async () => {
  database = await newDatabase();
  build = buildWithoutMiddleware();
});
test.afterAll(() => build?.remove());

// The middleware asks no database and reads no token, so the other database and its absence can be tried at once.
const settings = SETTINGS.filter(({ tokenUse }) => tokenUse === "access");
const start = async (ground: Ground, environment: Record<string, string>) => {
  const port = await freePort();
  const all = {
    ...ground.environment(port),
    ...environment,
    DATABASE_URL: database.appUrl,
  };
  const application = await startApplication("start", port, all, "pipe", build.folder);
  // The middleware gives every page its policy: without one, it is really gone.
  const page = await fetch(`${application.url}/signin`);
  expect(page.headers.get("content-security-policy")).toBeNull();
  return application;
};

matrixTests("on PostgreSQL, without the middleware", start, settings);
