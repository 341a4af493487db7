import { addItems, apiOf, signedInPerson } from "../support/person";
import { expect, test } from "../support/test";

test("home shows what needs attention, and leads there", async ({ page, stack, t }) => {
  const api = await apiOf(stack, await signedInPerson(page, stack));
  await page.goto("/home");
  await expect(page.getByText(t("home.noCriticals"))).toBeVisible();
  await expect(page.getByText(t("home.noItems"))).toBeVisible();
  const [id] = await addItems(api, ["Lantern"]);
  for (const title of ["Fire", "Smoke"]) await api.post("/api/alerts", { title, severity: "critical" });
  await api.post("/api/alerts", { title: "Noise", severity: "info" });
  await page.reload();
  await expect(page.getByRole("heading", { name: t("home.criticals", { count: 2 }) })).toBeVisible();
  await expect(page.getByText("Smoke")).toBeVisible();
  await expect(page.getByText("Noise")).toHaveCount(0);
  await page.getByRole("link", { name: "Lantern" }).click();
  await expect(page).toHaveURL(`/items?item=${id}`);
  await expect(page.getByRole("dialog").getByLabel(t("items.name"))).toHaveValue("Lantern");
});
