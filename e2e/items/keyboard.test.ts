import { expectFocus, expectHoldsFocus, press, tabTo } from "../support/focus";
import { apiOf, signedInPerson } from "../support/person";
import { expect, ONCE, test } from "../support/test";
import { addItems, itemRow, itemRows, openerOf } from "./rows";

test("items are added, edited, deleted and put back without a mouse, and the focus is never lost", async ({
  page,
  stack,
  t,
}) => {
  await signedInPerson(page, stack);
  const { keyboard } = page;
  const dialog = page.getByRole("dialog");
  const name = dialog.getByLabel(t("items.name"));
  const add = page.getByRole("button", { name: t("items.new") });
  await page.goto("/items");
  await expect(add).toBeEnabled();
  await tabTo(add);
  await press(page, "Enter");
  await expectFocus(name);
  await expectHoldsFocus(dialog);
  await press(page, "Escape");
  await expect(dialog).toHaveCount(0);
  await expectFocus(add);
  for (const each of ["Third", "Second", "First"]) {
    await press(page, "Enter");
    await expectFocus(name);
    await press(page, "Enter");
    await expect(name).toHaveAccessibleDescription(t("faults.required"));
    await expectFocus(name);
    await keyboard.type(each);
    await tabTo(dialog.getByRole("button", { name: t("items.add") }));
    await press(page, "Enter");
    await expect(itemRow(page, each)).toBeVisible();
    await expectFocus(add);
  }

  const opener = (of: string) => page.getByRole("button", { name: openerOf(t, of) });
  const remover = (of: string) => page.getByRole("button", { name: t("items.deleteNamed", { name: of }) });
  await tabTo(opener("Second"));
  await press(page, "Enter");
  await expectFocus(name);
  await press(page, "Control+a");
  await keyboard.type("Middle");
  await press(page, "Enter");
  await expect(dialog).toHaveCount(0);
  await expectFocus(opener("Middle"));
  await tabTo(remover("Middle"));
  await press(page, "Enter");
  await expect(page.getByText(t("items.deleted", { name: "Middle" }))).toBeVisible();
  await expectFocus(opener("Third"));
  await tabTo(page.getByRole("button", { name: t("items.undo") }));
  await press(page, "Enter");
  await expect(opener("Middle")).toBeVisible();
  await expectFocus(remover("Third"));
  await press(page, "Enter");
  await expect(page.getByText(t("items.deleted", { name: "Third" }))).toBeVisible();
  await expectFocus(opener("Middle"));
  await press(page, "z");
  await expect(opener("Third")).toBeVisible();
  await expectFocus(opener("Middle"));
  await tabTo(page.getByRole("button", { name: t("ui.dismiss") }));
  await press(page, "Enter");
  await expect(page.getByText(t("items.restored", { name: "Third" }))).toHaveCount(0);
  await expectFocus(remover("Third"));
});

test("of an item that a colleague changed meanwhile one chooses a version without a mouse", {
  tag: ONCE,
}, async ({ page, stack, t }) => {
  const api = await apiOf(stack, await signedInPerson(page, stack));
  const [id] = await addItems(api, ["Lantern"]);
  await page.goto("/items");
  const dialog = page.getByRole("dialog");
  const opener = page.getByRole("button", { name: openerOf(t, "Lantern") });
  await expect(page.getByRole("button", { name: t("items.new") })).toBeEnabled();
  await tabTo(opener);
  await press(page, "Enter");
  await api.patch(`/api/items/${id}`, { description: "Theirs" });
  await tabTo(dialog.getByRole("button", { name: t("common.save") }));
  await press(page, "Enter");
  await expectFocus(dialog.getByRole("alert"));
  await tabTo(dialog.getByRole("button", { name: t("items.overwrite") }));
  await press(page, "Enter");
  await expect(dialog).toHaveCount(0);
  await expectFocus(opener);
});

test("the list is worked with by keys alone, and no key does anything while one types", {
  tag: ONCE,
}, async ({ page, stack, t }) => {
  const api = await apiOf(stack, await signedInPerson(page, stack));
  await addItems(api, ["Third", "Second", "First"]);
  await page.goto("/items");
  await expect(itemRows(page)).toHaveCount(3);
  await expect(page.getByRole("button", { name: t("items.new") })).toBeEnabled();
  const { keyboard } = page;
  const dialog = page.getByRole("dialog");
  await keyboard.press("j");
  await expect(page.getByRole("button", { name: openerOf(t, "First") })).toBeFocused();
  await keyboard.press("j");
  await keyboard.press("j");
  await keyboard.press("k");
  await expect(page.getByRole("button", { name: openerOf(t, "Second") })).toBeFocused();
  await keyboard.press("e");
  await expect(dialog.getByLabel(t("items.name"))).toHaveValue("Second");
  await dialog.getByLabel(t("items.description")).pressSequentially("/nj?");
  await expect(dialog.getByLabel(t("items.description"))).toHaveValue("/nj?");
  await keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole("button", { name: openerOf(t, "Second") })).toBeFocused();
  await keyboard.press("Enter");
  await expect(dialog.getByLabel(t("items.name"))).toHaveValue("Second");
  // The dialog is there before its address is.
  await expect(page).toHaveURL(/\?item=/);
  await page.goBack();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole("button", { name: openerOf(t, "Second") })).toBeFocused();

  await keyboard.press("/");
  await keyboard.type("nothing?");
  await expect(page.getByRole("searchbox")).toHaveValue("nothing?");
  await keyboard.press("Escape");
  await expect(itemRows(page)).toHaveCount(3);
  await keyboard.press("n");
  await expect(dialog).toContainText(t("items.new"));
  await keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);

  await keyboard.press("?");
  await expect(dialog).toContainText(t("items.keys"));
  await page.getByLabel(t("items.keysOn")).uncheck();
  await keyboard.press("Escape");
  await keyboard.press("n");
  await expect(dialog).toHaveCount(0);
});

test("an item is opened again in the very moment in which its dialog closes", { tag: ONCE }, async ({
  page,
  stack,
  t,
}) => {
  const api = await apiOf(stack, await signedInPerson(page, stack));
  const [id] = await addItems(api, ["Lantern"]);
  await page.goto("/items");
  await expect(page.getByRole("button", { name: t("items.new") })).toBeEnabled();
  const opener = page.getByRole("button", { name: openerOf(t, "Lantern") });
  const dialog = page.getByRole("dialog");
  await tabTo(opener);
  await press(page, "Enter");
  await expect(dialog).toBeVisible();
  // As somebody does whose finger is on the key, while the browser is still on its way back to the list's address.
  await page.evaluate(() => {
    const press = () => (document.activeElement as HTMLElement).click();
    document.querySelector("dialog")?.addEventListener("close", press, { once: true });
  });
  await press(page, "Escape");
  await expect(dialog.getByLabel(t("items.name"))).toHaveValue("Lantern");
  await expect(page).toHaveURL(`/items?item=${id}`);
  await press(page, "Escape");
  await expect(dialog).toHaveCount(0);
  await expectFocus(opener);
  await expect(page).toHaveURL("/items");
  await page.goBack();
  await expect(page).toHaveURL("about:blank");
});

test("who goes through the items by key, or taps on a moment, reads exactly when each was changed", {
  tag: ONCE,
}, async ({ page, stack, t }) => {
  const api = await apiOf(stack, await signedInPerson(page, stack));
  await addItems(api, ["Second", "First"]);
  await page.goto("/items");
  await expect(page.getByRole("button", { name: t("items.new") })).toBeEnabled();
  const time = itemRow(page, "First").locator("time");
  const exact = page.getByText((await time.getAttribute("title")) ?? "", { exact: true });
  await page.keyboard.press("j");
  await expect(page.getByRole("button", { name: openerOf(t, "First") })).toBeFocused();
  await expect(exact).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(exact).toBeHidden();

  await page.goto("/account");
  await expect(page.getByRole("button", { name: t("account.endAll") })).toBeEnabled();
  const first = page.getByRole("main").locator("time[title]").first();
  await first.click();
  await expect(page.getByText((await first.getAttribute("title")) ?? "", { exact: true })).toBeVisible();
});
