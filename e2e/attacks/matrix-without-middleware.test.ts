import { join } from "node:path";
import { startApplication } from "../../infra/local/application";
import { freePort } from "../../infra/local/ports";
import { matrixTests } from "../support/matrix-tests";
import { expect, test } from "../support/test";
import { buildWithoutMiddleware } from "../support/without-middleware";

let build: ReturnType<typeof buildWithoutMiddleware>;

test.beforeAll(() => {
  build = buildWithoutMiddleware();
});
test.afterAll(() => build.remove());

matrixTests(test, "without the middleware", async (ground, environment, name) => {
  const port = await freePort();
  const settings = { ...ground.environment(port), ...environment, DATA_DIR: join(ground.dataDir, name) };
  const application = await startApplication("start", port, settings, "pipe", build.folder);
  // The middleware gives every page its policy: without one, it is really gone.
  const page = await fetch(`${application.url}/signin`);
  expect(page.headers.get("content-security-policy")).toBeNull();
  return application;
});
