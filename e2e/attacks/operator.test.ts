import type { Page } from "@playwright/test";
import { HOME } from "../../lib/home";
import { rowOf, rowsOf } from "../support/page";
import { apiOf, goToTenant, openSessionIn, signedInPerson } from "../support/person";
import { expectProblem } from "../support/problem";
import { expect, test } from "../support/test";
import { newMember, newTenant, newUser } from "../support/users";

test.use({ stackOptions: { environment: { TENANT_STRICT: "0" } } });

async function invite(page: Page, email: string): Promise<void> {
  await page.getByRole("button", { name: "Invite" }).click();
  await page.getByLabel("E-mail address").fill(email);
  await page.getByRole("button", { name: "Send invitation" }).click();
}

test("nobody else is offered another tenant, or let into one", async ({ page, stack }) => {
  const tenant = newTenant();
  await newMember(stack, { tenant });
  for (const groups of [[], ["admin"], ["viewer"]]) {
    const user = await signedInPerson(page, stack, { groups });
    await page.goto(HOME);
    await expect(page.getByRole("heading", { level: 1, name: "Home" })).toBeVisible();
    await expect(page.getByRole("button", { name: "Other tenant" })).toHaveCount(0);
    const refused = await page.request.put("/api/user/acting-tenant", {
      data: { tenant_id: tenant },
      headers: { Origin: stack.application.url },
    });
    expect(await refused.json()).toMatchObject({ code: "forbidden" });
    const api = await apiOf(stack, user);
    expectProblem(await api.get("/api/user/tenant", { "X-Tenant-Id": tenant }), 403, "tenant_mismatch");
  }
});

test("a page that was opened in one tenant writes nothing into the other that was chosen meanwhile", async ({
  page,
  context,
  stack,
}) => {
  const tenant = newTenant();
  const foreign = await newMember(stack, { tenant, groups: ["admin"] });
  const operator = await signedInPerson(page, stack, { groups: ["operator", "admin"] });
  await page.goto("/members");
  const other = await context.newPage();
  await other.goto("/members");
  await goToTenant(other, tenant);
  await expect(other.getByRole("region", { name: "Foreign tenant" })).toBeVisible();
  const email = `of-my-own@${newTenant()}.example`;
  await invite(page, email);
  await expect(page.getByRole("dialog")).toHaveCount(0);
  const own = await (await apiOf(stack, operator)).get("/api/members");
  expect(own.text).toContain(email);
  expect((await foreign.get("/api/members")).text).not.toContain(email);
});

test("two tenants' administrators work at the same time, each in their own", async ({ browser, stack }) => {
  const people = await Promise.all(
    ["lantern", "bell"].map(async (name) => {
      const tenant = newTenant();
      const user = await newUser(stack, { tenant, groups: ["admin"] });
      const page = await browser.newPage({ baseURL: stack.application.url });
      await openSessionIn(page.context(), stack.application.url, user);
      return { name, tenant, page };
    }),
  );
  await Promise.all(
    people.map(async ({ name, tenant, page }) => {
      for (const round of [1, 2, 3]) {
        await page.goto("/members");
        const email = `${name}-${round}@${tenant}.example`;
        await invite(page, email);
        await expect(rowOf(page, email)).toBeVisible();
        // They themselves are one.
        await expect(rowsOf(page)).toHaveCount(1 + round);
      }
    }),
  );
});
