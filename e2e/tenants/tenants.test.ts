import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { HOME } from "../../lib/home";
import { expectNoViolations, openPage } from "../support/axe";
import { hold } from "../support/hold";
import { newestTemporaryPassword } from "../support/mailbox";
import { PHONE, rowOf, rowsOf, toastOf } from "../support/page";
import { apiOf, fillSignIn, signedInPerson, tenantWithMember } from "../support/person";
import { expect, ONCE, test } from "../support/test";
import { newTenant, newUser } from "../support/users";
import type { Words } from "../support/words";

const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
const inDialog = (page: Page, name: string) =>
  page.getByRole("dialog").getByRole("button", { name, exact: true });
const pageOf = (tenant: string) => `/tenants/${tenant}`;

/** Fills in the form of a new tenant and sends it. */
async function make(page: Page, t: Words, given: { id: string; name?: string; administrator?: string }) {
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(t("tenants.id"), { exact: true }).fill(given.id);
  await dialog.getByLabel(t("tenants.name"), { exact: true }).fill(given.name ?? "");
  await dialog.getByLabel(t("tenants.administrator")).fill(given.administrator ?? "");
  await inDialog(page, t("tenants.makeNow")).click();
}

test("an operator makes a tenant, its administrator comes in, is out at once while it is suspended, and goes on after", async ({
  page,
  browser,
  stack,
  baseURL,
  t,
}) => {
  await signedInPerson(page, stack, { groups: ["operator"] });
  const [id, name] = [newTenant(), `Lantern ${newTenant()}`];
  const administrator = `${id}@people.example`;
  await page.goto(HOME);
  await page.getByRole("link", { name: t("nav.tenants"), exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(t("tenants.title"));
  await press(page, t("tenants.make"));
  await make(page, t, { id, name, administrator });
  await expect(toastOf(page, t)).toContainText(name);
  await expect(rowOf(page, name)).toContainText(t("tenants.members", { count: 1 }));

  const guest = await browser.newPage({ baseURL });
  await guest.goto(HOME);
  const password = await newestTemporaryPassword(stack, administrator);
  await fillSignIn(guest, { email: administrator, password });
  await guest.getByLabel(t("forms.newPassword")).fill("Ch0sen-by-me!");
  await guest.getByRole("button", { name: t("challenge.saveAndSignIn") }).click();
  await expect(guest.getByRole("link", { name: t("nav.members"), exact: true })).toBeVisible();
  await expect(guest.getByRole("link", { name: t("nav.tenants"), exact: true })).toHaveCount(0);

  await rowOf(page, name).getByRole("link").click();
  await expect(page).toHaveURL(pageOf(id));
  await press(page, t("tenants.suspend"));
  await expect(page.getByRole("dialog")).toContainText(name);
  await inDialog(page, t("tenants.suspendNow")).click();
  await expect(page.getByRole("main")).toContainText(t("tenantStatus.suspended"));
  await guest.getByRole("link", { name: t("nav.account"), exact: true }).click();
  await expect(guest.getByRole("heading", { level: 1, name: t("noTenant.suspended") })).toBeVisible();
  const late = await browser.newPage({ baseURL });
  await late.goto(HOME);
  await fillSignIn(late, { email: administrator, password: "Ch0sen-by-me!" });
  await expect(late.getByText(t("errors.tenant_suspended"))).toBeVisible();

  await press(page, t("tenants.resume"));
  await expect(page.getByRole("main")).toContainText(t("tenantStatus.active"));
  await guest.goto(HOME);
  await expect(guest.getByRole("heading", { level: 1, name: t("home.title") })).toBeVisible();
  await guest.goto("/audit");
  await expect(guest.getByRole("main")).toContainText(/@people\.example/);
  await expect(guest.getByRole("main")).toContainText(t("auditNames.tenant_suspended"));
});

test("a tenant is renamed and, with its id and the operator's password, deleted; Back shows nothing of it", async ({
  page,
  stack,
  t,
}) => {
  const operator = await signedInPerson(page, stack, { groups: ["operator"] });
  const { tenant, api } = await tenantWithMember(stack);
  await page.goto(`/tenants?q=${tenant}`);
  await rowOf(page, tenant).getByRole("link").click();
  await press(page, t("tenants.rename"));
  await page.getByRole("dialog").getByLabel(t("tenants.name")).fill("関所 Ltd");
  await inDialog(page, t("tenants.renameNow")).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("関所 Ltd");

  const dialog = page.getByRole("dialog");
  const confirm = dialog.getByLabel(t("tenants.deleteConfirm", { id: tenant }));
  const password = dialog.getByLabel(t("tenants.password"), { exact: true });
  await press(page, t("tenants.delete"));
  await confirm.fill("関所 Ltd");
  await password.fill(operator.password);
  await inDialog(page, t("tenants.deleteNow")).click();
  await expect(confirm).toHaveAccessibleDescription(t("tenants.deleteOther"));
  await expect(confirm).toBeFocused();
  await confirm.fill(tenant);
  await password.fill("Wr0ng!password");
  await inDialog(page, t("tenants.deleteNow")).click();
  await expect(password).toHaveAccessibleDescription(t("faults.wrong_password"));
  expect((await api.get("/api/user/tenant")).status).toBe(200);

  await password.fill(operator.password);
  const held = await hold(page, `/api/tenants/${tenant}`);
  const button = inDialog(page, t("tenants.deleteNow"));
  await button.click();
  await expect(button).toHaveAttribute("aria-busy", "true");
  await password.press("Enter");
  await expect.poll(held.count).toBe(1);
  held.release();
  await expect(page).toHaveURL("/tenants");
  await expect(toastOf(page, t)).toContainText(
    t("tenants.deleted", { name: "\u2068関所 Ltd\u2069" }).slice(-4),
  );
  // Nobody is served from now on; whose turn it was to be deleted is nobody any more.
  expect([401, 403]).toContain((await api.get("/api/user/tenant")).status);
  await expect.poll(async () => (await page.request.get(`/api/tenants/${tenant}`)).status()).toBe(404);
  expect((await api.get("/api/user/tenant")).status).toBe(401);
  await page.reload();
  await expect(rowOf(page, tenant)).toHaveCount(0);
  await page.goBack();
  await expect(page.getByText(t("tenants.nothingFits"))).toBeVisible();
  expect((await page.goto(pageOf(tenant)))?.status()).toBe(404);
});

test("the palette begins a tenant, and finds one by its name", { tag: ONCE }, async ({ page, stack, t }) => {
  await signedInPerson(page, stack, { groups: ["operator"] });
  const { tenant } = await tenantWithMember(stack);
  await openPage(page, HOME);
  await press(page, t("palette.open"));
  await page.getByRole("option", { name: t("palette.makeTenant") }).click();
  await expect(page.getByRole("dialog", { name: t("tenants.makeTitle") })).toBeVisible();
  await inDialog(page, t("common.cancel")).click();
  await press(page, t("palette.open"));
  await page.getByRole("combobox", { name: t("palette.field") }).fill(tenant);
  await page.getByRole("option", { name: tenant }).click();
  await expect(page).toHaveURL(pageOf(tenant));
});

test("what is wrong with a new tenant is told beside its field, and a second press makes no second one", async ({
  page,
  stack,
  t,
}) => {
  const operator = await signedInPerson(page, stack, { groups: ["operator"] });
  const id = newTenant();
  await page.goto("/tenants");
  await press(page, t("tenants.make"));
  const dialog = page.getByRole("dialog");
  const field = dialog.getByLabel(t("tenants.id"), { exact: true });
  await make(page, t, { id: "No Tenant!", administrator: "nobody" });
  await expect(field).toHaveAccessibleDescription(new RegExp(t("faults.not_a_tenant")));
  await expect(field).toBeFocused();
  const address = dialog.getByLabel(t("tenants.administrator"));
  await expect(address).toHaveAccessibleDescription(new RegExp(t("faults.not_an_email")));
  await expectNoViolations(page, "a new tenant, with faults");
  await make(page, t, { id, administrator: operator.email });
  await expect(address).toHaveAccessibleDescription(new RegExp(t("faults.account_exists")));

  await address.fill("");
  const held = await hold(page, "/api/tenants");
  const button = inDialog(page, t("tenants.makeNow"));
  await button.click();
  await expect(button).toHaveAttribute("aria-busy", "true");
  await field.press("Enter");
  await expect.poll(held.count).toBe(1);
  held.release();
  await expect(dialog).toHaveCount(0);
  await expect(rowOf(page, id)).toHaveCount(1);
  await press(page, t("tenants.make"));
  await make(page, t, { id });
  await expect(dialog.getByRole("alert")).toHaveText(t("tenants.idTaken"));
});

test("the list is searched in the address, and Back undoes it", { tag: ONCE }, async ({ page, stack, t }) => {
  const operator = await signedInPerson(page, stack, { groups: ["operator"] });
  const api = await apiOf(stack, operator);
  const id = newTenant();
  await api.post("/api/tenants", { id, name: `Lantern of ${id}` });
  await page.goto("/tenants");
  await page.getByLabel(t("tenants.nameOrId")).fill(`LANTERN OF ${id}`);
  await expect(rowsOf(page)).toHaveCount(1);
  await expect(page).toHaveURL(/q=LANTERN/);
  await page.getByLabel(t("tenants.status")).selectOption("suspended");
  await expect(page.getByText(t("tenants.nothingFits"))).toBeVisible();
  await expectNoViolations(page, "no tenant fits");
  await page.goBack();
  await expect(rowsOf(page)).toHaveCount(1);
  await rowsOf(page).getByRole("link").click();
  await expect(page).toHaveURL(pageOf(id));
  await page.goBack();
  await expect(page.getByLabel(t("tenants.nameOrId"))).toHaveValue(`LANTERN OF ${id}`);
});

test("an operator suspends neither their own tenant nor one that another operator is at home in", {
  tag: ONCE,
}, async ({ page, stack, t }) => {
  const tenant = newTenant();
  await signedInPerson(page, stack, { tenant, groups: ["operator"] });
  await page.goto(HOME);
  await page.goto(pageOf(tenant));
  await expect(page.getByText(t("tenants.own"))).toBeVisible();
  await expect(page.getByRole("button", { name: t("tenants.suspend") })).toHaveCount(0);
  const { tenant: theirs } = await tenantWithMember(stack);
  await newUser(stack, { tenant: theirs, groups: ["operator"] });
  await page.goto(pageOf(theirs));
  await press(page, t("tenants.suspend"));
  await inDialog(page, t("tenants.suspendNow")).click();
  await expect(page.getByRole("dialog").getByRole("alert")).toHaveText(t("tenants.staffHere"));
});

test("who is no operator is told so, whether or not there is such a tenant", async ({ page, stack, t }) => {
  const tenant = newTenant();
  await signedInPerson(page, stack, { tenant, groups: ["admin"] });
  for (const path of ["/tenants", pageOf(tenant), pageOf(newTenant()), pageOf("Not an id")]) {
    const answer = await page.goto(path);
    expect(answer?.status(), path).toBe(403);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(t("forbidden.title"));
    await expect(page).not.toHaveTitle(new RegExp(tenant));
  }
  await expect(page.getByRole("link", { name: t("nav.tenants"), exact: true })).toHaveCount(0);
});

test.describe("where operators see tenants' data", () => {
  test.use({ stackOptions: { environment: { TENANT_STRICT: "0" } } });

  test("they save all of a tenant as one file, and it is on its record", async ({ page, stack, t }) => {
    const operator = await signedInPerson(page, stack, { groups: ["operator"] });
    const tenant = newTenant();
    const admin = await newUser(stack, { tenant, groups: ["admin"] });
    const api = await apiOf(stack, admin);
    await page.goto(pageOf(tenant));
    const started = page.waitForEvent("download");
    await page.getByRole("link", { name: t("tenants.export") }).click();
    const download = await started;
    expect(download.suggestedFilename()).toMatch(
      new RegExp(`^tenant-${tenant}-\\d{4}-\\d\\d-\\d\\d\\.jsonl$`),
    );
    await expect(toastOf(page, t)).toContainText(t("tenants.exported"));
    const lines = (await readFile(await download.path(), "utf8")).trimEnd().split("\n");
    expect(JSON.parse(lines.at(-1) ?? "")).toMatchObject({ end: { users: 1, tables: { members: 1 } } });
    expect(lines.join("\n")).toContain(admin.email);
    const { body } = await api.get("/api/audit?action=tenant.exported");
    expect(body).toMatchObject([{ actor: { name: operator.email, role: "operator" } }]);
  });
});

test.describe("on a telephone", () => {
  test.use(PHONE);

  test("tenants hinder nobody, and everything is in reach", async ({ page, stack, t }) => {
    await signedInPerson(page, stack, { groups: ["operator"] });
    const { tenant } = await tenantWithMember(stack);
    await openPage(page, `/tenants?q=${tenant}`);
    await expectNoViolations(page, "tenants");
    await rowOf(page, tenant).getByRole("link").click();
    await expect(page.getByRole("button", { name: t("tenants.delete") })).toBeEnabled();
    await expect(page.getByText(t("tenants.exportStrict"))).toBeVisible();
    await expectNoViolations(page, "a tenant");
    await press(page, t("tenants.delete"));
    await inDialog(page, t("tenants.deleteNow")).click();
    await expect(page.getByText(t("tenants.deleteOther"))).toBeVisible();
    await expectNoViolations(page, "deleting a tenant, with a fault");
    const { width } = PHONE.viewport;
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  });
});
