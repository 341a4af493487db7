import { apiOf, signedInPerson } from "../support/person";
import { expect, test } from "../support/test";
import { newTenant } from "../support/users";

test("the page says it in sentences, with filters in the address", async ({ page, stack, t }) => {
  const tenant = newTenant();
  const user = await signedInPerson(page, stack, { tenant, groups: ["admin"] });
  const api = await apiOf(stack, user);
  await api.post("/api/items", { name: "Lantern" });
  const zoe = `zoe-${tenant}@people.example`;
  await api.post("/api/members", { email: zoe, role: "viewer" });
  await page.goto("/items");
  await page.getByRole("link", { name: t("nav.audit") }).click();
  const rows = page.getByRole("listitem");
  const who = user.email;
  const script = { who, way: "api", device: "new" };
  await expect(rows.nth(0)).toContainText(
    t("auditSentences.member_invited", { who, what: zoe, role: t("roles.viewer") }),
  );
  await expect(rows.nth(1)).toContainText(t("auditSentences.item_created", { who, what: "Lantern" }));
  await expect(rows.nth(2)).toContainText(t("auditSentences.sign_in_succeeded", script));
  await page
    .getByLabel(t("audit.action"))
    .selectOption({ label: t("audit.all", { group: t("auditNames.item") }) });
  await expect(rows).toHaveCount(1);
  await expect(page).toHaveURL(/\/audit\?.*action=item/);
  await page.reload();
  await expect(page.getByLabel(t("audit.action"))).toHaveValue("item");
  await page.getByLabel(t("audit.what")).fill("no such thing");
  await expect(page.getByText(t("audit.nothingFits"))).toBeVisible();
  await page.getByRole("link", { name: t("filter.clear") }).click();
  await expect(rows).toHaveCount(4);
});
