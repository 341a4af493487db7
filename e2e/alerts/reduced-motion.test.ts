import { CALM, expectStill } from "../support/motion";
import { apiOf, signedInPerson } from "../support/person";
import { expect, ONCE, test } from "../support/test";

test.use(CALM);

test("for whoever asks for calm an alert that arrives neither moves nor fades", { tag: ONCE }, async ({
  page,
  stack,
  t,
}) => {
  const api = await apiOf(stack, await signedInPerson(page, stack));
  await page.goto("/alerts?source=manual");
  await expect(page.getByText(t("alerts.live"))).toBeVisible();
  await api.post("/api/alerts", { title: "Smoke", severity: "critical" });
  await expect(page.getByText("Smoke")).toBeVisible();
  await expectStill(page);
});
