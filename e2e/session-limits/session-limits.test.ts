import { toastOf } from "../support/page";
import { apiOf, signedInPerson } from "../support/person";
import { expect, test } from "../support/test";

test("an administrator sets how long a sign-in lasts, finds it so again, and reads who did it", async ({
  page,
  stack,
  t,
}) => {
  const admin = await signedInPerson(page, stack, { groups: ["admin"] });
  await page.goto("/single-sign-on");
  const longest = page.getByLabel(t("sessionLimits.longest"));
  const idle = page.getByLabel(t("sessionLimits.idle"));
  const save = page.getByRole("button", { name: t("sessionLimits.save") });
  await expect(longest).toHaveValue("");
  await expect(save).toBeDisabled();
  await longest.selectOption("480");
  await idle.selectOption("15");
  await expect(page.getByRole("main")).toContainText(t("sessionLimits.shorter"));
  await save.click();
  await expect(toastOf(page, t)).toContainText(t("sessionLimits.saved"));
  await page.reload();
  await expect(longest).toHaveValue("480");
  await expect(idle).toHaveValue("15");
  const { body } = await (await apiOf(stack, admin)).get("/api/session-limits");
  expect(body).toMatchObject({ session_minutes: 480, session_idle_minutes: 15 });
  await page.goto("/audit");
  await expect(page.getByRole("main")).toContainText("480");
});
