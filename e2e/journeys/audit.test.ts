import { readFile } from "node:fs/promises";
import { HOME } from "../../lib/home";
import { expectNoViolations } from "../support/axe";
import { foundOn, rowOf, rowsOf } from "../support/page";
import { apiOf, inviteMany, signedInPerson } from "../support/person";
import { expect, ONCE, test } from "../support/test";
import { newTenant, newUser } from "../support/users";

test("the page says it in sentences, with filters in the address", async ({ page, stack, t }) => {
  const tenant = newTenant();
  const user = await signedInPerson(page, stack, { tenant, groups: ["admin"] });
  const api = await apiOf(stack, user);
  const [yan, zoe] = [`yan-${tenant}@people.example`, `zoe-${tenant}@people.example`];
  await api.post("/api/members", { email: yan, role: "member" });
  await api.post("/api/members", { email: zoe, role: "viewer" });
  await page.goto(HOME);
  await page.getByRole("link", { name: t("nav.audit"), exact: true }).click();
  const rows = page.getByRole("listitem");
  const who = user.email;
  const script = { who, way: "api", device: "new" };
  await expect(rows.nth(0)).toContainText(
    t("auditSentences.member_invited", { who, what: zoe, role: t("roles.viewer") }),
  );
  await expect(rows.nth(1)).toContainText(
    t("auditSentences.member_invited", { who, what: yan, role: t("roles.member") }),
  );
  await expect(rows.nth(2)).toContainText(t("auditSentences.sign_in_succeeded", script));
  await page
    .getByLabel(t("audit.action"))
    .selectOption({ label: t("audit.all", { group: t("auditNames.member") }) });
  await expect(rows).toHaveCount(2);
  await expect(page).toHaveURL(/\/audit\?.*action=member$/);
  await page.reload();
  await expect(page.getByLabel(t("audit.action"))).toHaveValue("member");
  await page.getByLabel(t("audit.what")).fill("no such thing");
  await expect(page.getByText(t("audit.nothingFits"))).toBeVisible();
  await page.getByRole("link", { name: t("filter.clear") }).click();
  await expect(rows).toHaveCount(4);
});

test.describe("the audit log", () => {
  test("stands under its days, marks what was refused, and leads to all that one person did", async ({
    page,
    stack,
    t,
  }) => {
    const tenant = newTenant();
    const admin = await signedInPerson(page, stack, { tenant, groups: ["admin"] });
    const bob = await newUser(stack, { tenant });
    await (await apiOf(stack, bob)).get("/api/user/tenant", { "X-Tenant-Id": "globex" });
    await page.goto("/audit");
    await expect(page.getByRole("heading", { level: 2 }).first()).toHaveText(
      /^\w+day, \w+ \d+, \d{4}$|^\d{4}年\d+月\d+日.曜日$/,
    );
    await expect(rowsOf(page).first()).toContainText(/^\d?\d:\d\d/);
    const knock = rowOf(page, "globex");
    await expect(knock.getByRole("strong")).toHaveText("globex");
    await expect(knock).toContainText(t("auditOutcome.refused"));
    await expectNoViolations(page, "audit log");
    await page.getByLabel(t("audit.outcome")).selectOption("refused");
    await expect(rowsOf(page)).toHaveCount(1);
    await expect(page).toHaveURL("/audit?outcome=refused");
    await knock.getByRole("link", { name: bob.email }).click();
    await expect(page).toHaveURL(`/audit?actor=${encodeURIComponent(bob.email)}`);
    await expect(page.getByLabel(t("audit.who"))).toHaveValue(bob.email);
    await expect(page.getByLabel(t("audit.outcome"))).toHaveValue("");
    await expect(foundOn(page)).toHaveText(t("audit.shown", { count: 2, more: "false" }));
    await expect(rowOf(page, admin.email)).toHaveCount(0);
  });

  test("tells all of an entry, leads to what it is about, and leaves as a file that says what is in it", async ({
    page,
    stack,
    t,
  }) => {
    const tenant = newTenant();
    const api = await apiOf(stack, await signedInPerson(page, stack, { tenant, groups: ["admin"] }));
    const zoe = `zoe-${tenant}@people.example`;
    await api.post("/api/members", { email: zoe, role: "viewer" });
    await page.goto("/audit?action=member");
    await page.getByRole("link", { name: t("audit.lastHour") }).click();
    await expect(page).toHaveURL(/\/audit\?action=member&from=\d{4}-/);
    await expect(page.getByRole("link", { name: t("audit.lastHour") })).toHaveAttribute(
      "aria-current",
      "page",
    );
    const row = rowOf(page, zoe);
    await row.getByRole("button", { name: t("audit.details") }).click();
    const dialog = page.getByRole("dialog");
    await expect(dialog).toContainText("member.invited");
    await expect(dialog).toContainText("viewer");
    await expectNoViolations(page, "details of an entry");
    await page.keyboard.press("Escape");
    await expect(row.getByRole("button", { name: t("audit.details") })).toBeFocused();

    const started = page.waitForEvent("download");
    await page.getByRole("link", { name: t("audit.export") }).click();
    const download = await started;
    expect(download.suggestedFilename()).toMatch(
      new RegExp(`^audit-${tenant}-member-\\d{4}-\\d\\d-\\d\\d-to-\\d{4}-\\d\\d-\\d\\d\\.csv$`),
    );
    expect(await readFile(await download.path(), "utf8")).toContain(zoe);
    await row.getByRole("link", { name: zoe }).click();
    await expect(page).toHaveURL(`/members?q=${encodeURIComponent(zoe)}`);
  });

  test("goes on to older entries and back to the newest", { tag: ONCE }, async ({ page, stack, t }) => {
    const api = await apiOf(stack, await signedInPerson(page, stack, { groups: ["admin"] }));
    await inviteMany(api, 50);
    await page.goto("/audit");
    await expect(foundOn(page)).toHaveText(t("audit.shown", { count: 50, more: "true" }));
    await page.getByRole("link", { name: t("ui.older") }).click();
    await expect(rowsOf(page)).toHaveCount(2);
    await expect(page.getByRole("link", { name: t("ui.older") })).toHaveCount(0);
    await page.getByRole("link", { name: t("ui.newest") }).click();
    await expect(rowsOf(page)).toHaveCount(50);
  });
});
