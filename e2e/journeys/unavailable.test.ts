import type { Application } from "../../infra/local/application";
import { type PostgresServer, startPostgres } from "../../infra/local/postgres";
import { killApplication } from "../../infra/local/stack";
import { withFault } from "../support/cognito-controls";
import { PAGES } from "../support/pages";
import { fillSignIn } from "../support/person";
import { withoutPostgres } from "../support/skip-reason";
import { expect, test } from "../support/test";
import { newTenant, newUser } from "../support/users";

const reason = withoutPostgres();

test.skip(reason !== null, reason ?? "");

/** An application on a database of a server that can be taken away. */
let postgres: PostgresServer;
let application: Application;
test.beforeAll(async ({ ground }) => {
  const started = await startPostgres();
  if (!started) throw new Error("There is no PostgreSQL here.");
  postgres = started;
  const { appUrl } = await postgres.createDatabase();
  application = await ground.startApplication({ DATABASE_URL: appUrl, SIGN_IN_TRIES_PER_ADDRESS: "2" });
});
test.afterAll(async () => {
  await killApplication(application);
  await postgres.destroy();
});

test("while the database is away every page answers 503, says so and when to try again, and goes on with a press of a button", async ({
  page,
  ground,
  t,
}) => {
  const user = await newUser(ground, { tenant: newTenant(), groups: ["admin"] });
  await page.goto(`${application.url}/signin`);
  await fillSignIn(page, user);
  await expect(page.getByRole("heading", { level: 1, name: t("home.title") })).toBeVisible();
  await postgres.stop();
  for (const path of [...PAGES, "/no-tenant", "/signin"]) {
    const answer = await page.goto(application.url + path);
    expect(answer?.status(), path).toBe(503);
    expect(answer?.headers()["retry-after"], path).toMatch(/^[1-9]\d*$/);
    await expect(page.getByRole("heading", { level: 1, name: t("failure.databaseTitle") })).toBeVisible();
    await expect(page.getByText(t("failure.database"))).toBeVisible();
  }
  // Each of them has its line in the log; Next's own prints would have whatever is in the error.
  const failed = application
    .output()
    .split("\n")
    .filter((line) => line.includes('"http.page_failed"'));
  expect(failed.map((line) => JSON.parse(line))).toContainEqual(
    expect.objectContaining({ route: "/home", code: "database_unavailable", request_id: expect.any(String) }),
  );
  expect(application.output()).not.toContain("⨯");
  await page.goto(`${application.url}/home`);
  await postgres.start();
  await page.getByRole("button", { name: t("common.tryAgain") }).click();
  await expect(page.getByRole("heading", { level: 1, name: t("home.title") })).toBeVisible();
  const back = await page.goto(`${application.url}/home`);
  expect(back?.status()).toBe(200);
});

test("while Cognito is away the page that needs it answers 503 and says so, and the others go on", async ({
  page,
  ground,
  t,
}) => {
  const user = await newUser(ground, { tenant: newTenant(), groups: ["admin"] });
  await page.goto(`${application.url}/signin`);
  await fillSignIn(page, user);
  await expect(page.getByRole("heading", { level: 1, name: t("home.title") })).toBeVisible();
  await withFault(ground, { kind: "reset" }, async () => {
    const answer = await page.goto(`${application.url}/account`);
    expect(answer?.status()).toBe(503);
    expect(answer?.headers()["retry-after"]).toMatch(/^[1-9]\d*$/);
    await expect(page.getByRole("heading", { level: 1, name: t("failure.signInTitle") })).toBeVisible();
    const other = await page.goto(`${application.url}/home`);
    expect(other?.status()).toBe(200);
  });
});

test("who has the same page asked for too often gets 429, and reads when to come again", async ({
  page,
  ground,
  t,
}) => {
  const user = await newUser(ground, { tenant: newTenant(), groups: ["member"] });
  await page.goto(`${application.url}/signin`);
  await fillSignIn(page, user);
  await expect(page.getByRole("heading", { level: 1, name: t("home.title") })).toBeVisible();
  const load = () => page.goto(`${application.url}/account`);
  let answer = await load();
  for (let more = 20; more > 0 && answer?.status() === 200; more--) answer = await load();
  expect(answer?.status()).toBe(429);
  expect(answer?.headers()["retry-after"]).toMatch(/^[1-9]\d*$/);
  await expect(page.getByRole("heading", { level: 1, name: t("failure.busyTitle") })).toBeVisible();
  expect((await page.goto(`${application.url}/home`))?.status()).toBe(200);
});
