import { HOME } from "../../lib/home";
import { apiOf, goToTenant, signedInPerson, tenantWithMember } from "../support/person";
import { expect, ONCE, test } from "../support/test";
import { addItems, itemRow } from "./rows";

test.use({ stackOptions: { environment: { TENANT_STRICT: "0" } } });

test("an operator adds an item in another tenant, which its people see, and sees none of theirs after leaving", {
  tag: ONCE,
}, async ({ page, stack, t }) => {
  const { tenant, api } = await tenantWithMember(stack);
  await addItems(api, ["Lantern of the tenant"]);
  const operator = await signedInPerson(page, stack, { groups: ["operator"] });
  await page.goto(HOME);
  await goToTenant(page, tenant);
  await expect(page.getByText("Lantern of the tenant")).toBeVisible();
  await page.goto("/items");
  await page.getByRole("button", { name: t("items.new") }).click();
  await page.getByLabel(t("items.name")).fill("Left by the operator");
  await page.getByRole("button", { name: t("items.add") }).click();
  await expect(itemRow(page, "Left by the operator")).toBeVisible();
  await page.getByRole("button", { name: t("operator.leave", { tenant }) }).click();
  await expect(page).toHaveURL(HOME);
  await page.goto("/items");
  await expect(page.getByText(t("items.none"))).toBeVisible();
  await expect(page.getByText("Lantern of the tenant")).toHaveCount(0);
  expect((await api.get("/api/items")).text).toContain("Left by the operator");
  expect((await (await apiOf(stack, operator)).get("/api/items")).body).toEqual([]);
});
