import { administratorIn, inLittleRoom } from "../support/little-room";
import { expect, test } from "../support/test";
import { itemRow, openerOf } from "./rows";

test.describe.configure({ mode: "parallel" });

inLittleRoom("one works on items", async (room) => {
  const { page, t, what: name, look } = room;
  await administratorIn(room);
  const row = itemRow(page, name);
  await page.goto("/items");
  await look("items, empty");
  await page.getByRole("button", { name: t("items.new") }).click();
  await page.getByRole("button", { name: t("items.add") }).click();
  await expect(page.getByText(t("faults.required"))).toBeVisible();
  await look("new item");
  await page.getByLabel(t("items.name")).fill(name);
  await page.getByLabel(t("items.description")).fill(name);
  await page.getByRole("button", { name: t("items.add") }).click();
  await expect(row).toBeVisible();
  await page.getByRole("button", { name: openerOf(t, name) }).click();
  await look("item");
  await page.getByRole("button", { name: t("common.cancel") }).click();
  await page.getByRole("button", { name: t("items.keys") }).click();
  await look("keys");
  await page.getByRole("button", { name: t("ui.dismiss") }).click();
  await look("items");
  await page.getByRole("button", { name: t("items.deleteNamed", { name }) }).click();
  await expect(page.getByRole("button", { name: t("items.undo") })).toBeVisible();
  await look("items with a message");
  await page.getByRole("button", { name: t("items.undo") }).click();
  await expect(row).toBeVisible();
  await page.goto("/home");
  await look("home with an item");
});
