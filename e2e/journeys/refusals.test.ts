import { HOME } from "../../lib/home";
import { pressSignOut, toastOf } from "../support/page";
import { fillSignIn, signedInPerson } from "../support/person";
import { ANSWERS, answering, html } from "../support/refusals";
import { expect, ONCE, test } from "../support/test";

test("a sign-in that is refused says why, and only a missing answer is called one", { tag: ONCE }, async ({
  page,
  t,
}) => {
  await page.goto("/signin");
  for (const path of ["**/api/auth/callback/password", "**/api/auth/csrf"]) {
    for (const [name, answer, words] of ANSWERS) {
      await answering(page, path, answer, async () => {
        await fillSignIn(page, { email: "bob@acme.example", password: "x" });
        await expect(page.getByRole("alert").filter({ hasText: words(t) }), name).toBeVisible();
      });
    }
  }
  await answering(page, "**/api/auth/signin/cognito*", html(502), async () => {
    await page.getByRole("button", { name: t("signin.hosted") }).click();
    await expect(page.getByText(t("errors.unavailable"))).toBeVisible();
  });
});

test("a sign-out that fails says so and why, and can be tried again", async ({ page, stack, t }) => {
  await signedInPerson(page, stack);
  await page.goto(HOME);
  const button = page.getByRole("button", { name: t("nav.signOut") });
  for (const [name, answer, words] of ANSWERS) {
    await answering(page, "**/api/auth/signout", answer, async () => {
      await button.click();
      await expect(toastOf(page, t), name).toContainText(t("nav.notSignedOut", { reason: words(t) }));
      await expect(button, name).not.toHaveAttribute("aria-disabled", "true");
    });
    await toastOf(page, t)
      .getByRole("button", { name: t("ui.dismiss") })
      .click();
  }
  await pressSignOut(page);
  await expect(page).toHaveURL(/\/signin$/);
});

test("a write that is refused says why, and what was typed stays", { tag: ONCE }, async ({
  page,
  stack,
  t,
}) => {
  await signedInPerson(page, stack, { groups: ["admin"] });
  await page.goto("/members");
  await page.getByRole("button", { name: t("members.inviteTitle") }).click();
  const email = page.getByRole("dialog").getByLabel(t("members.emailAddress"));
  await email.fill("zoe@people.example");
  for (const [name, answer, words] of ANSWERS) {
    await answering(page, "**/api/members", answer, async () => {
      await page.getByRole("button", { name: t("members.inviteSend") }).click();
      const told = answer ? words(t) : t("errors.not_saved");
      await expect(page.getByRole("dialog").getByText(told), name).toBeVisible();
    });
  }
  await expect(email).toHaveValue("zoe@people.example");
});
