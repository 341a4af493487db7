import { click, goWithout, OUTAGES } from "../support/outages";
import { signedInPerson } from "../support/person";
import { expect, ONCE, test } from "../support/test";

for (const [outage, begin] of OUTAGES) {
  test(`${outage}, nothing leaves the list, and it is narrowed down as soon as there is a connection`, {
    tag: ONCE,
  }, async ({ page, stack, t }) => {
    await signedInPerson(page, stack);
    await page.goto("/home");
    await expect(page.getByRole("button", { name: t("nav.signOut"), includeHidden: true })).toBeEnabled();
    await goWithout(begin, page, t, [
      { does: click("link", t("nav.alerts")), to: /\/alerts$/ },
      { does: click("link", t("alerts.acknowledged")), to: /status=acknowledged$/ },
      // This one is still known.
      { does: (page) => page.evaluate(() => window.history.back()), to: /\/alerts$/, isKnown: true },
    ]);
  });
}
