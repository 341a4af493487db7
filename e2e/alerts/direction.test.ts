import { HOME } from "../../lib/home";
import { expectStraight, TURNING } from "../support/direction";
import { apiOf, signedInPerson } from "../support/person";
import { expect, ONCE, test } from "../support/test";

test("an alert that turns the direction bends nothing around it", { tag: ONCE }, async ({ page, stack }) => {
  const api = await apiOf(stack, await signedInPerson(page, stack, { groups: ["admin"] }));
  await api.post("/api/alerts", { title: TURNING, detail: TURNING, source: TURNING, severity: "critical" });
  for (const path of ["/alerts", `/alerts?source=${encodeURIComponent(TURNING)}`, "/audit", HOME]) {
    await page.goto(path);
    await expect(page.getByText(TURNING).first()).toBeVisible();
    await expectStraight(page);
  }
});
