import { addItems, apiOf, signedInPerson } from "../support/person";
import { expect, test } from "../support/test";

test("home shows what needs attention, and leads there", async ({ page, stack }) => {
  const api = await apiOf(stack, await signedInPerson(page, stack));
  await page.goto("/home");
  await expect(page.getByText("Nothing critical is open.")).toBeVisible();
  await expect(page.getByText("No items yet.")).toBeVisible();
  const [id] = await addItems(api, ["Lantern"]);
  for (const title of ["Fire", "Smoke"]) await api.post("/api/alerts", { title, severity: "critical" });
  await api.post("/api/alerts", { title: "Noise", severity: "info" });
  await page.reload();
  await expect(page.getByRole("heading", { name: "2 open critical alerts" })).toBeVisible();
  await expect(page.getByText("Smoke")).toBeVisible();
  await expect(page.getByText("Noise")).toHaveCount(0);
  await page.getByRole("link", { name: "Lantern" }).click();
  await expect(page).toHaveURL(`/items?item=${id}`);
  await expect(page.getByRole("dialog").getByLabel("Name")).toHaveValue("Lantern");
});
