import type { Page } from "@playwright/test";
import { apiOf, signedInPerson } from "../support/person";
import { expect, test } from "../support/test";
import { newTenant, newUser } from "../support/users";

/** Without the alerts about one's own sign-ins. */
const MANUAL = "/alerts?source=manual";
const STREAM = "**/api/alerts/stream*";
const rowsOf = (page: Page) => page.getByRole("region", { name: "Alerts" }).getByRole("listitem");
const live = (page: Page) => page.getByText("Live: changes appear by themselves.");

test("what one person raises and moves on appears at another's without loading again", async ({
  page,
  browser,
  stack,
}) => {
  const tenant = newTenant();
  const api = await apiOf(stack, await newUser(stack, { tenant }));
  await signedInPerson(page, stack, { tenant });
  const context = await browser.newContext();
  await signedInPerson(await context.newPage(), stack, { tenant });
  const other = context.pages()[0] as Page;
  await page.goto(MANUAL);
  await other.goto(`${stack.application.url}${MANUAL}&status=resolved`);
  await Promise.all([expect(live(page)).toBeVisible(), expect(live(other)).toBeVisible()]);
  await expect(page).toHaveTitle("(1) Alerts · Sekisho");

  await api.post("/api/alerts", { title: "Smoke", severity: "critical" });
  await expect(rowsOf(page)).toContainText(["Smoke"]);
  await expect(page.getByText("1 new alert has arrived.")).toBeAttached();
  await expect(page).toHaveTitle("(2) Alerts · Sekisho");

  // Somebody who points at the list is about to click: what is new waits above it.
  await rowsOf(page).hover();
  await api.post("/api/alerts", { title: "Noise" });
  const showNew = page.getByRole("button", { name: "Show 1 new alert" });
  await expect(showNew).toBeVisible();
  await expect(rowsOf(page)).toHaveCount(1);
  await showNew.click();
  await expect(rowsOf(page)).toContainText(["Noise", "Smoke"]);

  await page.getByRole("button", { name: "Resolve Smoke" }).click();
  await expect(rowsOf(other)).toContainText(["Smoke"]);
  await expect(page).toHaveTitle("(2) Alerts · Sekisho");
  await context.close();
});

test("a page that is cut off says so and why, and shows afterwards what it missed", async ({
  page,
  stack,
}) => {
  const api = await apiOf(stack, await signedInPerson(page, stack));
  await page.route(STREAM, (route) => route.abort());
  await page.goto(MANUAL);
  const status = page.getByRole("status").filter({ hasText: "Not live." });
  await expect(status).toContainText("The server could not be reached.");
  await api.post("/api/alerts", { title: "Smoke" });
  await page.unroute(STREAM);
  await page.getByRole("button", { name: "Try now" }).click();
  await expect(live(page)).toBeVisible();
  await expect(rowsOf(page)).toContainText(["Smoke"]);
});
