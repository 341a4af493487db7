import { expectFocus, expectHoldsFocus, press, tabTo } from "../support/focus";
import { addItems, apiOf, signedInPerson } from "../support/person";
import { expect, ONCE, test } from "../support/test";
import { newTenant, newUser } from "../support/users";
import { openerOf } from "../support/words";

test("one signs in, skips to the content, goes elsewhere, chooses a theme and signs out without a mouse", {
  tag: ONCE,
}, async ({ page, stack, t }) => {
  const user = await newUser(stack, { tenant: newTenant() });
  const { keyboard } = page;
  await page.goto("/signin");
  const [email, password] = [
    page.getByLabel(t("forms.email")),
    page.getByLabel(t("forms.password"), { exact: true }),
  ];
  await expectFocus(email);
  await expect(page.getByRole("button", { name: t("signin.submit"), exact: true })).toBeEnabled();
  await press(page, "Enter");
  await expectFocus(email);
  await keyboard.type(user.email);
  await press(page, "Enter");
  await expectFocus(password);
  await keyboard.type(user.password);
  await press(page, "Enter");
  await expect(page).toHaveURL(/\/items$/);

  const add = page.getByRole("button", { name: t("items.new") });
  await expect(add).toBeEnabled();
  await tabTo(page.getByRole("link", { name: t("nav.skip") }));
  await press(page, "Enter");
  await expectFocus(page.getByRole("main"));
  await tabTo(add);

  const alerts = page.getByRole("link", { name: t("nav.alerts"), exact: true });
  await tabTo(alerts, "Shift+Tab");
  await press(page, "Enter");
  await expect(page.getByRole("heading", { level: 1, name: t("alerts.title") })).toBeVisible();
  await expectFocus(alerts);

  const preferences = page.getByRole("button", { name: t("preferences.open") });
  await tabTo(preferences);
  await press(page, "Enter");
  await tabTo(page.getByRole("radio", { name: t("preferences.system") }));
  await press(page, "ArrowLeft");
  await expectFocus(page.getByRole("radio", { name: t("preferences.dark") }));
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await press(page, "Escape");
  await expectFocus(preferences);

  await tabTo(page.getByRole("button", { name: t("nav.signOut") }));
  await press(page, "Enter");
  await expect(page).toHaveURL(/\/signin/);
  await expectFocus(email);
});

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
    await expect(page.getByRole("listitem").filter({ hasText: each })).toBeVisible();
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
  await expect(page.getByRole("listitem")).toHaveCount(3);
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
  await page.goBack();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole("button", { name: openerOf(t, "Second") })).toBeFocused();

  await keyboard.press("/");
  await keyboard.type("nothing?");
  await expect(page.getByRole("searchbox")).toHaveValue("nothing?");
  await keyboard.press("Escape");
  await expect(page.getByRole("listitem")).toHaveCount(3);
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

test("alerts are raised, moved on one by one and together, and narrowed down without a mouse", async ({
  page,
  stack,
  t,
}) => {
  const api = await apiOf(stack, await signedInPerson(page, stack));
  for (const title of ["Draught", "Noise"]) await api.post("/api/alerts", { title });
  const { keyboard } = page;
  const dialog = page.getByRole("dialog");
  await page.goto("/alerts?source=manual");
  const raise = page.getByRole("main").getByRole("button", { name: t("alerts.raise") });
  await expect(raise).toBeEnabled();
  await tabTo(raise);
  await press(page, "Enter");
  await expectFocus(dialog.getByLabel(t("alerts.name")));
  await expectHoldsFocus(dialog);
  await press(page, "Escape");
  await expect(dialog).toHaveCount(0);
  await expectFocus(raise);
  await press(page, "Enter");
  await tabTo(dialog.getByRole("button", { name: t("alerts.raise") }));
  await press(page, "Enter");
  await expectFocus(dialog.getByLabel(t("alerts.name")));
  await keyboard.type("Smoke");
  await press(page, "Enter");
  await expect(page.getByRole("listitem").filter({ hasText: "Smoke" })).toBeVisible();
  await expect(dialog).toHaveCount(0);
  await expectFocus(raise);

  const status = page.getByRole("navigation", { name: t("alerts.status") });
  const open = status.getByRole("link", { name: t("alerts.open") });
  await tabTo(open);
  await press(page, "Enter");
  await expect(page).toHaveURL("/alerts?status=open&source=manual");
  await expect(open).toHaveAttribute("aria-current", "page");
  await expectFocus(open);
  const acknowledge = (title: string) =>
    page.getByRole("button", { name: t("alerts.acknowledgeNamed", { title }) });
  const resolve = (title: string) => page.getByRole("button", { name: t("alerts.resolveNamed", { title }) });
  await tabTo(acknowledge("Smoke"));
  await press(page, "Enter");
  await expect(page.getByText("Smoke")).toHaveCount(0);
  await expectFocus(acknowledge("Noise"));

  const all = status.getByRole("link", { name: t("alerts.all") });
  await tabTo(all, "Shift+Tab");
  await press(page, "Enter");
  await expect(page.getByText("Smoke")).toBeVisible();
  await expectFocus(all);
  await tabTo(acknowledge("Noise"));
  await press(page, "Enter");
  await expect(acknowledge("Noise")).toHaveCount(0);
  await expectFocus(resolve("Noise"));
  await press(page, "Enter");
  await expect(resolve("Noise")).toHaveCount(0);
  await expectFocus(page.getByRole("listitem").filter({ hasText: "Noise" }));

  const everyone = page.getByLabel(t("alerts.selectAll"));
  await tabTo(everyone, "Shift+Tab");
  await press(page, "Space");
  await expect(page.getByText(t("alerts.selected", { count: 2 }))).toBeVisible();
  await tabTo(page.getByRole("button", { name: t("alerts.resolveSelected") }));
  await press(page, "Enter");
  await expect(page.getByText(t("alerts.resolvedMany", { count: 2 }))).toBeVisible();
  await expectFocus(page.getByRole("region", { name: t("alerts.title"), exact: true }));
});
