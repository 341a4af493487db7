import { HOME } from "../../lib/home";
import { rowsIn } from "../support/feature-matrix";
import { addressIn, administratorIn, inLittleRoom } from "../support/little-room";
import { PHONE } from "../support/page";
import { PAGES } from "../support/pages";
import { apiOf, fillSignIn, signedInPerson } from "../support/person";
import { expect, ONCE, test } from "../support/test";
import { newTenant, newUser } from "../support/users";

/** Every page and dialog in little room: everything is there, can be reached and be pressed, and nothing is cut off. */
test.describe.configure({ mode: "parallel" });

inLittleRoom("one signs in", async (room) => {
  const { page, stack, t, look } = room;
  const email = addressIn(room);
  const fresh = await newUser(stack, { email, tenant: newTenant(), temporary: true });
  await page.goto("/forgot-password");
  await page.getByLabel(t("forms.email")).fill(email);
  await page.getByRole("button", { name: t("forgotPassword.send") }).click();
  await expect(page.getByLabel(t("forgotPassword.code"))).toBeVisible();
  await look("forgot password");
  await page.goto("/signin?error=session_ended");
  await page.getByRole("button", { name: t("preferences.theme") }).click();
  await look("preferences");
  await page.getByText(t("preferences.dark")).click();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: t("signin.submit"), exact: true }).click();
  await look("sign-in with faults");
  await fillSignIn(page, fresh);
  await page.getByLabel(t("forms.newPassword")).fill(`New-${fresh.password}`);
  await look("new password");
  await page.getByRole("button", { name: t("challenge.saveAndSignIn") }).click();
  await expect(page).toHaveURL(HOME);
});

inLittleRoom("one works", async (room) => {
  const { page, t, look } = room;
  const { email, password } = await administratorIn(room);
  await page.goto(HOME);
  await look("home");
  const [logo, links] = await Promise.all([
    page.getByRole("banner").getByText("Sekisho").boundingBox(),
    page.getByRole("navigation", { name: t("nav.label") }).boundingBox(),
  ]);
  if (!logo || !links) throw new Error("There is no header.");
  expect(logo.x + logo.width <= links.x || logo.y + logo.height <= links.y).toBe(true);
  await page.goto("/members");
  await page.getByRole("button", { name: t("members.inviteTitle") }).click();
  await page.getByRole("dialog").getByLabel(t("members.emailAddress")).fill("not an address");
  await page.getByRole("button", { name: t("members.inviteSend") }).click();
  await expect(page.getByText(t("faults.not_an_email"))).toBeVisible();
  await look("inviting");
  await page.getByRole("button", { name: t("common.cancel") }).click();
  await page.getByRole("button", { name: t("members.manageNamed", { email }) }).click();
  await look("a member");
  await page.getByRole("button", { name: t("members.close") }).click();
  await look("members");
  await page.goto("/audit");
  await look("audit log");
  await page.goto("/account");
  await page.getByRole("button", { name: t("account.setUp") }).click();
  await page.getByLabel(t("account.passwordAgain"), { exact: true }).fill(password);
  await look("account, asking for the password");
  await page.getByRole("button", { name: t("account.goOn") }).click();
  await expect(page.getByLabel(t("account.appCode"))).toBeVisible();
  await look("account");
  await page.goto("/not/a/page");
  await look("404");
  await page.goto("/no-tenant");
  await look("no tenant");
});

test.describe("on a phone", () => {
  test.use(PHONE);

  test("every button and link is big enough for a thumb", { tag: ONCE }, async ({ page, stack }) => {
    const api = await apiOf(stack, await signedInPerson(page, stack, { groups: ["admin"] }));
    await rowsIn(api, "Lantern");
    for (const path of [...PAGES, "/not/a/page"]) {
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      const low = await page
        .locator("button:visible, a:visible:not([href='#content'])")
        .evaluateAll((targets) =>
          targets
            // A link within a sentence is as high as its line (WCAG 2.5.8).
            .filter((target) => getComputedStyle(target).display !== "inline")
            .filter((target) => target.getBoundingClientRect().height < 44)
            .map(({ outerHTML }) => outerHTML),
        );
      expect(low, path).toEqual([]);
    }
  });
});
