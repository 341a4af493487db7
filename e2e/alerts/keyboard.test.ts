import { expectFocus, expectHoldsFocus, press, tabTo } from "../support/focus";
import { apiOf, signedInPerson } from "../support/person";
import { expect, test } from "../support/test";

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
