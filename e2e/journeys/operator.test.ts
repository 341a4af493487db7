import type { Page } from "@playwright/test";
import type { Stack } from "../../infra/local/stack";
import { apiOf, openSessionIn, signedInPerson } from "../support/person";
import { expectProblem } from "../support/problem";
import { expect, test } from "../support/test";
import { newTenant, newUser, type User } from "../support/users";

test.use({ stackOptions: { environment: { TENANT_STRICT: "0" } } });

/** A tenant with a member and one item. */
async function tenantWithItem(stack: Stack, name: string): Promise<{ tenant: string; user: User }> {
  const tenant = newTenant();
  const user = await newUser(stack, { tenant });
  await (await apiOf(stack, user)).post("/api/items", { name });
  return { tenant, user };
}

async function goTo(page: Page, tenant: string): Promise<void> {
  await page.getByRole("button", { name: "Other tenant" }).click();
  await page.getByRole("textbox", { name: "Tenant" }).fill(tenant);
  await page.getByRole("button", { name: "Go there" }).click();
}

test("an operator works in another tenant, sees it said on every page, and leaves again", async ({
  page,
  stack,
}) => {
  const { tenant, user } = await tenantWithItem(stack, "Lantern of the tenant");
  await signedInPerson(page, stack, { groups: ["operator"] });
  await page.goto("/items");
  await expect(page.getByRole("region", { name: "Foreign tenant" })).toHaveCount(0);
  await goTo(page, tenant);
  const banner = page.getByRole("region", { name: "Foreign tenant" });
  await expect(banner).toContainText(tenant);
  await expect(page.getByText("Lantern of the tenant")).toBeVisible();
  await page.getByRole("button", { name: "New item" }).click();
  await page.getByLabel("Name").fill("Left by the operator");
  await page.getByRole("button", { name: "Add item" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "Left by the operator" })).toBeVisible();
  for (const path of ["/alerts", "/account", "/items"]) {
    await page.goto(path);
    await expect(banner).toContainText(tenant);
  }
  await page.getByRole("button", { name: `Leave ${tenant}` }).click();
  await expect(banner).toHaveCount(0);
  await expect(page.getByText("Lantern of the tenant")).toHaveCount(0);

  const seen = await (await apiOf(stack, user)).get("/api/items");
  expect(seen.text).toContain("Left by the operator");
  expect(stack.application.output()).toContain('"event":"tenant.operator_acts"');
});

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

test("a name that is no tenant's is told beside its field", async ({ page, stack }) => {
  await signedInPerson(page, stack, { groups: ["operator"] });
  await page.goto("/items");
  await goTo(page, "No Tenant!");
  await expect(page.getByRole("textbox", { name: "Tenant" })).toHaveAccessibleDescription(
    /not the name of a tenant/,
  );
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
  await goTo(other, tenant);
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
      const context = await browser.newContext({ baseURL: stack.application.url });
      await openSessionIn(context, stack.application.url, user);
      return { name, page: await context.newPage() };
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

test("a viewer is shown everything and offered nothing to change", async ({ page, stack }) => {
  const { tenant, user } = await tenantWithItem(stack, "Lantern of the tenant");
  await (await apiOf(stack, user)).post("/api/alerts", { title: "Smoke" });
  await signedInPerson(page, stack, { tenant, groups: ["viewer"] });
  await page.goto("/items");
  await expect(page.getByText("Lantern of the tenant")).toBeVisible();
  for (const name of ["New item", "Edit", "Delete"]) {
    await expect(page.getByRole("button", { name })).toHaveCount(0);
  }
  await page.goto("/alerts");
  await expect(page.getByText("Smoke")).toBeVisible();
  for (const name of ["Raise alert", "Acknowledge", "Resolve"]) {
    await expect(page.getByRole("button", { name })).toHaveCount(0);
  }
});
