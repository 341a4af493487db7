import { runCommandFile } from "../../infra/local/testing/run-command";
import { HOME } from "../../lib/home";
import { Api, login } from "../support/api";
import { liveEvents, nextOf, STREAMS } from "../support/live-events";
import { openSessionIn } from "../support/person";
import { expectProblem } from "../support/problem";
import { withoutPostgres } from "../support/skip-reason";
import { expect, test } from "../support/test";
import { newTenant, newUser } from "../support/users";

const reason = withoutPostgres();

test.skip(reason !== null, reason ?? "");

test("whoever is at work while their tenant is suspended is told so, what they are streamed ends, and they go on when it does", async ({
  page,
  stack,
  t,
}) => {
  test.slow();
  const { url } = stack.application;
  const tenant = newTenant();
  const user = await newUser(stack, { tenant });
  const { DATABASE_URL = "" } = stack.environment(0);
  const command = async (name: string) => {
    const environment = { COGNITO_ENDPOINT: stack.pool.COGNITO_ENDPOINT, DATABASE_URL };
    return (await runCommandFile("tenant.ts", [name, tenant], environment)).code;
  };
  await openSessionIn(page.context(), url, user);
  await page.goto(HOME);
  await expect(page.getByRole("navigation", { name: t("nav.label") })).toBeVisible();
  const { access_token } = await login(url, user.email, user.password);
  const streams = STREAMS.map((path) => liveEvents(url + path, { Authorization: `Bearer ${access_token}` }));
  for (const events of streams) await nextOf(events, "live");

  expect(await command("suspend")).toBe(0);
  for (const events of streams) await expect(nextOf(events, "never")).rejects.toThrow("ended");
  expectProblem(await new Api(url).bearer(access_token).get("/api/user/tenant"), 403, "tenant_suspended");
  await page
    .getByRole("navigation", { name: t("nav.label") })
    .getByRole("link")
    .last()
    .click();
  await expect(page.getByRole("heading", { level: 1, name: t("noTenant.suspended") })).toBeVisible();
  await expect(page.getByRole("main")).toContainText(user.email);
  await expect(page.getByRole("button", { name: t("nav.signOut") })).toBeVisible();
  await expect(page.getByRole("navigation", { name: t("nav.label") })).toHaveCount(0);

  expect(await command("resume")).toBe(0);
  await page.goto(HOME);
  await expect(page.getByRole("navigation", { name: t("nav.label") })).toBeVisible();
});
