import { addItems, apiOf, fillSignIn, openSessionIn, signedInPerson } from "../support/person";
import { expect, ONCE, test } from "../support/test";

test("after signing out the Back button shows nothing any more", { tag: ONCE }, async ({
  page,
  stack,
  t,
}) => {
  const user = await signedInPerson(page, stack);
  await (await apiOf(stack, user)).post("/api/items", { name: "Lantern" });
  await page.goto("/items");
  await expect(page.getByText("Lantern")).toBeVisible();
  await page.goto("/alerts");
  await page.getByRole("button", { name: t("nav.signOut") }).click();
  await expect(page).toHaveURL(/\/signin/);
  for (const _ of ["alerts", "items"]) {
    await page.goBack();
    await expect(page.getByRole("heading", { name: t("signin.title") })).toBeVisible();
  }
  await page.reload();
  await expect(page.getByRole("heading", { name: t("signin.title") })).toBeVisible();
  await expect(page.getByText("Lantern")).toHaveCount(0);
});

test("signing out in one tab ends the other at its next click, and signing in again brings one back", {
  tag: ONCE,
}, async ({ page, context, stack, t }) => {
  const user = await signedInPerson(page, stack);
  const other = await context.newPage();
  await other.goto("/items");
  await page.goto("/items");
  await page.getByRole("button", { name: t("nav.signOut") }).click();
  await expect(page).toHaveURL(/\/signin/);
  await other.getByRole("link", { name: t("nav.alerts") }).click();
  await expect(other).toHaveURL(/\/signin\?callbackUrl=%2Falerts/);
  await fillSignIn(other, user);
  await expect(other).toHaveURL("/alerts");
});

test("a session that ended elsewhere is met politely on the next page, and signing in leads back to it", async ({
  page,
  stack,
  t,
}) => {
  const user = await signedInPerson(page, stack);
  await page.goto("/items");
  await (await apiOf(stack, user)).post("/api/user/logout");
  await page.goto("/alerts?status=open");
  await expect(page.getByText(t("errors.session_ended"))).toBeVisible();
  await fillSignIn(page, user);
  await expect(page).toHaveURL("/alerts?status=open");
});

test("a session that ended elsewhere while one was typing leads to signing in and back to the page", {
  tag: ONCE,
}, async ({ page, stack, t }) => {
  const user = await signedInPerson(page, stack);
  await page.goto("/items");
  await page.getByRole("button", { name: t("items.new") }).click();
  await page.getByLabel(t("items.name")).fill("Lantern");
  await (await apiOf(stack, user)).post("/api/user/logout");
  await page.getByRole("button", { name: t("items.add") }).click();
  await expect(page.getByText(t("errors.session_ended"))).toBeVisible();
  await fillSignIn(page, user);
  await expect(page).toHaveURL("/items?item=new");
  await expect(page.getByLabel(t("items.name"))).toHaveValue("Lantern");
});

test("a session that ended elsewhere is met alike by the next page of every list", { tag: ONCE }, async ({
  page,
  stack,
  t,
}) => {
  const user = await signedInPerson(page, stack, { groups: ["admin"] });
  const api = await apiOf(stack, user);
  await addItems(
    api,
    Array.from({ length: 51 }, (_, index) => `Item ${index + 1}.`),
  );
  for (let count = 0; count < 51; count += 1) await api.post("/api/alerts", { title: `Smoke ${count}` });
  const lists = [
    ["/items", page.getByRole("button", { name: t("ui.loadMore") })],
    ["/alerts?source=manual", page.getByRole("button", { name: t("ui.loadMore") })],
    ["/audit", page.getByRole("link", { name: t("ui.older") })],
  ] as const;
  for (const [path, more] of lists) {
    await openSessionIn(page.context(), stack.application.url, user);
    await page.goto(path);
    await expect(more).toBeVisible();
    await page.context().clearCookies();
    await more.click();
    await expect(page).toHaveURL(/\/signin\?/);
    expect(new URL(page.url()).searchParams.get("callbackUrl")).toContain(path);
  }
});

test("who belongs to no tenant is told so on every page, and can sign out", async ({ page, stack, t }) => {
  const user = await signedInPerson(page, stack, { tenant: undefined });
  for (const path of ["/items", "/alerts", "/"]) {
    await page.goto(path);
    await expect(page).toHaveURL("/no-tenant");
    await expect(page.getByRole("heading", { name: t("noTenant.none") })).toBeVisible();
    await expect(page.getByText(user.email)).toBeVisible();
  }
  await page.getByRole("button", { name: t("nav.signOut") }).click();
  await expect(page).toHaveURL(/\/signin/);
});
