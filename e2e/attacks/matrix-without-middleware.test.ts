import { join } from "node:path";
import { freePort } from "../../infra/local/ports";
import { SETTINGS } from "../support/matrix";
import { matrixTests } from "../support/matrix-tests";
import { expect, test } from "../support/test";
import { buildWithoutMiddleware } from "../support/without-middleware";

let build: ReturnType<typeof buildWithoutMiddleware>;
test.beforeAll(() => {
  build = buildWithoutMiddleware();
});
test.afterAll(() => build?.remove());

// The middleware asks no database and reads no token, so the other database and its absence can be tried at once.
const settings = SETTINGS.filter(({ tokenUse }) => tokenUse === "access");

matrixTests(
  "on PGlite, without the middleware",
  async (ground, environment, name) => {
    const onPglite = { ...environment, DATABASE_URL: undefined, DATA_DIR: join(ground.dataDir, name) };
    const application = await ground.startApplication(onPglite, await freePort(), build.folder);
    // The middleware gives each page a nonce: without one, it is really gone.
    const page = await fetch(`${application.url}/signin`);
    expect(page.headers.get("content-security-policy") ?? "").not.toContain("nonce-");
    return application;
  },
  settings,
);
