import { addressIn, inLittleRoom } from "../support/little-room";
import { apiOf, signedInPerson } from "../support/person";
import { test } from "../support/test";
import { newTenant } from "../support/users";

test.describe.configure({ mode: "parallel" });

inLittleRoom("one works on tenants", async (room) => {
  const { page, stack, t, what, isLong, look } = room;
  const email = addressIn(room);
  const operator = await signedInPerson(page, stack, { email, groups: ["operator"] });
  const id = isLong ? newTenant().padEnd(64, "t") : newTenant();
  await (await apiOf(stack, operator)).post("/api/tenants", { id, name: what.slice(0, 100) });
  await page.goto("/tenants");
  await look("tenants");
  await page.getByRole("button", { name: t("tenants.make"), exact: true }).click();
  await look("a new tenant");
  await page.goto(`/tenants/${id}`);
  await look("a tenant");
  await page.getByRole("button", { name: t("tenants.suspend"), exact: true }).click();
  await look("suspending a tenant");
  await page.getByRole("button", { name: t("common.cancel") }).click();
  await page.getByRole("button", { name: t("tenants.delete"), exact: true }).click();
  await look("deleting a tenant");
});
