import { HOME } from "../../lib/home";
import { becomeAnother, watchFor } from "../support/another-person";
import { apiOf, goToTenant, signedInPerson, tenantWithMember } from "../support/person";
import { expect, ONCE, test } from "../support/test";
import { newTenant } from "../support/users";
import { addItems, addNumbered, hearNothingLive, itemRows } from "./rows";

test("the dialog of one person adds nothing as another who has signed in in another tab", {
  tag: ONCE,
}, async ({ page, stack, t }) => {
  const tenant = newTenant();
  await signedInPerson(page, stack, { tenant });
  await page.goto("/items");
  await page.getByRole("button", { name: t("items.new") }).click();
  await page.getByLabel(t("items.name")).fill("Of the first");
  const other = await becomeAnother(page, stack, { tenant });
  await page.getByRole("button", { name: t("items.add") }).click();

  const told = page.getByRole("dialog", { name: t("another.title") });
  await expect(told).toContainText(other.email);
  expect((await (await apiOf(stack, other)).get("/api/items")).body).toEqual([]);
  await told.getByRole("button", { name: t("another.load") }).click();
  await expect(told).toHaveCount(0);
  await expect(page.getByRole("banner")).toContainText(other.email);
});

test("a page of one person reads nothing further as another: not a row, not a file", {
  tag: ONCE,
}, async ({ page, stack, t }) => {
  const api = await apiOf(stack, await signedInPerson(page, stack));
  await addNumbered(api, 51);
  await hearNothingLive(page);
  await page.goto("/items");
  const other = await becomeAnother(page, stack, { tenant: newTenant() });
  await addItems(await apiOf(stack, other), ["Of the other"]);
  const told = page.getByRole("dialog", { name: t("another.title") });
  for (const name of [t("ui.loadMore"), t("items.export")]) {
    await page.getByRole(name === t("items.export") ? "link" : "button", { name }).click();
    await expect(told).toContainText(other.email);
    await told.getByRole("button", { name: t("another.stay") }).click();
    await expect(told).toHaveCount(0);
  }
  await expect(page.getByText("Of the other")).toHaveCount(0);
  await expect(itemRows(page)).toHaveCount(50);
});

test("after a search, what another person's tenant holds never stands under the first one's name", {
  tag: ONCE,
}, async ({ page, stack }) => {
  const user = await signedInPerson(page, stack);
  await hearNothingLive(page);
  await page.goto("/items");
  await expect(page.getByRole("banner")).toContainText(user.email);
  const other = await becomeAnother(page, stack, { tenant: newTenant() });
  await addItems(await apiOf(stack, other), ["Of the other"]);
  const isMixed = await watchFor(page, user.email, "Of the other");
  await page.getByRole("searchbox").fill("o");
  await expect(page.getByText("Of the other")).toBeVisible();
  await expect(page.getByRole("banner")).toContainText(other.email);
  expect(await isMixed()).toBe(false);
});

test.describe("of an operator", () => {
  test.use({ stackOptions: { environment: { TENANT_STRICT: "0" } } });

  test("a page of one tenant shows nothing of another that was chosen in another tab, and writes into its own", {
    tag: ONCE,
  }, async ({ page, context, stack, t }) => {
    const [first, second] = [await tenantWithMember(stack), await tenantWithMember(stack)];
    await addItems(first.api, ["Of the first tenant"]);
    await addItems(second.api, ["Of the second tenant"]);
    await signedInPerson(page, stack, { groups: ["operator"] });
    await page.goto("/items");
    await goToTenant(page, first.tenant);
    await expect(page).toHaveURL(HOME);
    await hearNothingLive(page);
    await page.goto("/items");
    await expect(page.getByText("Of the first tenant")).toBeVisible();
    const other = await context.newPage();
    await other.goto("/items");
    await goToTenant(other, second.tenant);
    await expect(other.getByText("Of the second tenant")).toBeVisible();

    await page.getByRole("button", { name: t("items.new") }).click();
    await page.getByLabel(t("items.name")).fill("Written at the first");
    await page.getByRole("button", { name: t("items.add") }).click();
    // What the router fetches afterwards is the second tenant's: the page is loaded anew as such.
    const banner = page.getByRole("region", { name: t("operator.banner") });
    await expect(banner).toContainText(second.tenant);
    await expect(page.getByText("Of the second tenant")).toBeVisible();
    expect((await first.api.get("/api/items")).text).toContain("Written at the first");
    expect((await second.api.get("/api/items")).text).not.toContain("Written at the first");
  });
});
