import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { rowOf, rowsOf, toastOf } from "../support/page";
import { apiOf, goToTenant, signedInPerson } from "../support/person";
import { expect, ONCE, test } from "../support/test";
import { newTenant, newUser } from "../support/users";
import { openerOf } from "../support/words";

const WORD = "portcullis";
const NAME = `\u202e${WORD}\u2069`;

/** Nothing on the page that says the word bends what is around it, and every field follows what is typed into it. */
async function expectStraight(page: Page): Promise<void> {
  expect(await page.evaluate(bentBy, WORD), page.url()).toEqual([]);
}

test("a name that turns the direction bends nothing around it", { tag: ONCE }, async ({ page, stack, t }) => {
  const tenant = newTenant();
  const person = await signedInPerson(page, stack, { groups: ["admin"], tenant });
  // Cognito takes letters of every direction in a username, but no marks that turn it.
  const email = `\u05e9${WORD}-${randomUUID().slice(0, 8)}@people.example`;
  await newUser(stack, { tenant, email });
  const api = await apiOf(stack, person);
  await api.post("/api/items", { name: NAME, description: NAME });
  await api.post("/api/alerts", { title: NAME, detail: NAME, source: NAME, severity: "critical" });
  expect((await api.post("/api/members/sync")).status).toBe(200);
  const paths = [
    "/items",
    "/alerts",
    `/alerts?source=${encodeURIComponent(NAME)}`,
    "/audit",
    "/home",
    "/members",
  ];
  for (const path of paths) {
    await page.goto(path);
    await expect(page.getByText(path === "/members" ? email : NAME).first()).toBeVisible();
    await expectStraight(page);
  }

  const dialog = page.getByRole("dialog");
  const row = rowOf(page, WORD);
  await row.getByRole("button").click();
  await expect(dialog.getByRole("heading")).toHaveText(email);
  await expectStraight(page);
  await dialog.getByRole("button", { name: t("members.remove") }).click();
  await expectStraight(page);
  await dialog.getByRole("button", { name: t("members.removeNow"), exact: true }).click();
  await expect(toastOf(page, t)).toContainText(WORD);
  await expectStraight(page);

  await page.goto(`/items?q=${encodeURIComponent(`${NAME}s`)}`);
  await expect(page.getByRole("main")).toContainText(`${WORD}s`);
  await expectStraight(page);
});

test("nor does it where a colleague changed it meanwhile, or once it is deleted", { tag: ONCE }, async ({
  page,
  stack,
  t,
}) => {
  const api = await apiOf(stack, await signedInPerson(page, stack));
  const { body } = await api.post("/api/items", { name: WORD });
  await page.goto("/items");
  await page.getByRole("button", { name: openerOf(t, WORD) }).click();
  await api.patch(`/api/items/${(body as { id: string }).id}`, { name: NAME, description: NAME });
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: t("common.save") }).click();
  await expect(dialog.getByRole("alert")).toContainText(WORD);
  await expectStraight(page);
  await dialog.getByRole("button", { name: t("items.takeTheirs") }).click();
  await dialog.getByRole("button", { name: t("common.save") }).click();
  await expect(dialog).toHaveCount(0);
  await rowOf(page, WORD)
    .getByRole("button", { name: t("items.deleteNamed", { name: WORD }) })
    .click();
  await expect(toastOf(page, t)).toContainText(t("items.deleted", { name: WORD }));
  await expectStraight(page);
  await page.getByRole("button", { name: t("items.undo") }).click();
  await expect(toastOf(page, t)).toContainText(t("items.restored", { name: WORD }));
  await expect(rowsOf(page)).toHaveCount(1);
  await expectStraight(page);
});

test.describe("for an operator", () => {
  test.use({ stackOptions: { environment: { TENANT_STRICT: "0" } } });

  test("the name of the tenant is isolated, too", { tag: ONCE }, async ({ page, stack, t }) => {
    const tenant = `${WORD}-${randomUUID().slice(0, 8)}`;
    await apiOf(stack, await newUser(stack, { tenant })).then((api) =>
      api.post("/api/items", { name: NAME }),
    );
    await signedInPerson(page, stack, { groups: ["operator"] });
    await page.goto("/items");
    await goToTenant(page, tenant);
    await expect(page.getByRole("region", { name: t("operator.banner") })).toContainText(tenant);
    await expectStraight(page);
    await page.getByRole("button", { name: t("operator.open") }).click();
    await expect(page.locator("datalist")).toContainText(WORD);
    await expectStraight(page);
  });
});

/**
 * Runs in the page. @returns every text, label and title with the word outside of an isolation, and every field for text
 * that does not follow its text.
 */
function bentBy(word: string): string[] {
  const isBent = (text: string) =>
    text.replace(/\u2068[^\u2066-\u2069\u202a-\u202e]*\u2069/g, "").includes(word) ||
    /\u2068[^\u2069]*$/.test(text);
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found: string[] = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const isCode = node.parentElement?.closest("script, style, template");
    const isIsolated = node.parentElement?.closest("bdi, [dir=auto]");
    if (!isCode && !isIsolated && isBent(node.textContent ?? "")) found.push(node.textContent ?? "");
  }
  const labels = [...document.querySelectorAll("[aria-label], [title]")].flatMap((each) => [
    each.getAttribute("aria-label") ?? "",
    each.getAttribute("title") ?? "",
  ]);
  const fields = document.querySelectorAll(
    "textarea:not([dir=auto]), input:not([dir=auto]):is([type=search], [type=text], [type=email], :not([type]))",
  );
  return [...found, ...labels.filter(isBent), ...[...fields].map(({ outerHTML }) => outerHTML)];
}
