import { HOME } from "../../lib/home";
import { expectStraight, TURNING, WORD } from "../support/direction";
import { toastOf } from "../support/page";
import { apiOf, signedInPerson } from "../support/person";
import { expect, ONCE, test } from "../support/test";
import { itemRow, itemRows, openerOf } from "./rows";

test("the name of an item that turns the direction bends nothing around it", { tag: ONCE }, async ({
  page,
  stack,
}) => {
  const api = await apiOf(stack, await signedInPerson(page, stack, { groups: ["admin"] }));
  await api.post("/api/items", { name: TURNING, description: TURNING });
  for (const path of ["/items", "/audit", HOME]) {
    await page.goto(path);
    await expect(page.getByText(TURNING).first()).toBeVisible();
    await expectStraight(page);
  }
  await page.goto(`/items?q=${encodeURIComponent(`${TURNING}s`)}`);
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
  await api.patch(`/api/items/${(body as { id: string }).id}`, { name: TURNING, description: TURNING });
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: t("common.save") }).click();
  await expect(dialog.getByRole("alert")).toContainText(WORD);
  await expectStraight(page);
  await dialog.getByRole("button", { name: t("items.takeTheirs") }).click();
  await dialog.getByRole("button", { name: t("common.save") }).click();
  await expect(dialog).toHaveCount(0);
  await itemRow(page, WORD)
    .getByRole("button", { name: t("items.deleteNamed", { name: WORD }) })
    .click();
  await expect(toastOf(page, t)).toContainText(t("items.deleted", { name: WORD }));
  await expectStraight(page);
  await page.getByRole("button", { name: t("items.undo") }).click();
  await expect(toastOf(page, t)).toContainText(t("items.restored", { name: WORD }));
  await expect(itemRows(page)).toHaveCount(1);
  await expectStraight(page);
});
