import { startApplication } from "../../infra/local/application";
import { freePort } from "../../infra/local/ports";
import type { Database } from "../support/database";
import { matrixTests } from "../support/matrix-tests";
import { withoutPostgres } from "../support/skip-reason";
import { expect, test } from "../support/test";
import { buildWithoutMiddleware } from "../support/without-middleware";

const reason = withoutPostgres();
let postgres: Database;
let build: ReturnType<typeof buildWithoutMiddleware>;

test.skip(reason !== null, reason ?? "");
test.beforeAll(({ postgres: started }) => {
  postgres = started;
  build = buildWithoutMiddleware();
});
test.afterAll(() => build?.remove());

// The middleware asks no database, so the other database and its absence can be tried at once.
matrixTests("on PostgreSQL, without the middleware", async (ground, environment) => {
  const port = await freePort();
  const settings = {
    ...ground.environment(port),
    ...environment,
    DATABASE_URL: postgres.database.appUrl,
  };
  const application = await startApplication("start", port, settings, "pipe", build.folder);
  // The middleware gives every page its policy: without one, it is really gone.
  const page = await fetch(`${application.url}/signin`);
  expect(page.headers.get("content-security-policy")).toBeNull();
  return application;
});
