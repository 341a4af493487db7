import { apiOf, goToTenant, openSessionIn, signedInPerson, tenantWithItem } from "../support/person";
import { expectProblem } from "../support/problem";
import { expect, test } from "../support/test";
import { newTenant, newUser } from "../support/users";

test.use({ stackOptions: { environment: { TENANT_STRICT: "0" } } });

test("nobody else is offered another tenant, or let into one", async ({ page, stack }) => {
  const { tenant } = await tenantWithItem(stack, "Lantern of the tenant");
  for (const groups of [[], ["admin"], ["viewer"]]) {
    const user = await signedInPerson(page, stack, { groups });
    await page.goto("/items");
    await expect(page.getByRole("heading", { name: "Items" })).toBeVisible();
    await expect(page.getByRole("button", { name: "Other tenant" })).toHaveCount(0);
    const refused = await page.request.put("/api/user/acting-tenant", {
      data: { tenant_id: tenant },
      headers: { Origin: stack.application.url },
    });
    expect(await refused.json()).toMatchObject({ code: "forbidden" });
    const api = await apiOf(stack, user);
    expectProblem(await api.get("/api/items", { "X-Tenant-Id": tenant }), 403, "tenant_mismatch");
  }
});

test("a page that was opened in one tenant writes nothing into the other that was chosen meanwhile", async ({
  page,
  context,
  stack,
}) => {
  const { tenant } = await tenantWithItem(stack, "Lantern of the tenant");
  const operator = await signedInPerson(page, stack, { groups: ["operator"] });
  await page.goto("/items");
  const other = await context.newPage();
  await other.goto("/items");
  await goToTenant(other, tenant);
  await expect(other.getByRole("region", { name: "Foreign tenant" })).toBeVisible();
  await page.getByRole("button", { name: "New item" }).click();
  await page.getByLabel("Name").fill("Of my own tenant");
  await page.getByRole("button", { name: "Add item" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  const own = await (await apiOf(stack, operator)).get("/api/items");
  expect(own.text).toContain("Of my own tenant");
});

test("two tenants' administrators work at the same time, each in their own", async ({ browser, stack }) => {
  const people = await Promise.all(
    ["Lantern", "Bell"].map(async (name) => {
      const user = await newUser(stack, { tenant: newTenant(), groups: ["admin"] });
      const page = await browser.newPage({ baseURL: stack.application.url });
      await openSessionIn(page.context(), stack.application.url, user);
      return { name, page };
    }),
  );
  await Promise.all(
    people.map(async ({ name, page }) => {
      for (const round of [1, 2, 3]) {
        await page.goto("/items");
        await page.getByRole("button", { name: "New item" }).click();
        await page.getByLabel("Name").fill(`${name} ${round}`);
        await page.getByRole("button", { name: "Add item" }).click();
        await expect(page.getByRole("listitem").filter({ hasText: `${name} ${round}` })).toBeVisible();
        await expect(page.getByRole("listitem")).toHaveCount(round);
      }
    }),
  );
});
