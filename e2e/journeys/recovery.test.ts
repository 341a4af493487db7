import { Api } from "../support/api";
import { messagesTo, newestCode } from "../support/mailbox";
import { fillSignIn } from "../support/person";
import { expectProblem } from "../support/problem";
import { expect, ONCE, test } from "../support/test";
import { newTenant, newUser } from "../support/users";
import { weakPassword } from "../support/words";

test("a forgotten password is replaced with the code from the mail", async ({ page, stack, baseURL, t }) => {
  const user = await newUser(stack, { tenant: newTenant() });
  await page.goto("/signin");
  await page.getByRole("link", { name: t("forgotPassword.title") }).click();
  await expect(page.getByRole("heading", { name: t("forgotPassword.title") })).toBeVisible();
  await page.getByLabel(t("forms.email")).fill(user.email);
  await page.getByRole("button", { name: t("forgotPassword.send") }).click();
  await expect(
    page.getByText(t.markup("forgotPassword.sent", { strong: (email) => email, email: user.email })),
  ).toBeVisible();

  const [code, password] = [
    page.getByLabel(t("forgotPassword.code")),
    page.getByLabel(t("forms.newPassword")),
  ];
  const change = page.getByRole("button", { name: t("forgotPassword.change") });
  const right = await newestCode(stack, user.email);
  await code.fill(right === "000000" ? "111111" : "000000");
  await password.fill("Chosen-Passw0rd!");
  await change.click();
  await expect(code).toHaveAccessibleDescription(t("faults.old_code"));
  await expect(password).toHaveValue("Chosen-Passw0rd!");
  await code.fill(right);
  await password.fill("weak");
  await change.click();
  await expect(password).toHaveAccessibleDescription(weakPassword(t));
  await password.fill("Chosen-Passw0rd!");
  await change.click();
  await expect(page.getByText(t("notices.password_reset"))).toBeVisible();
  await fillSignIn(page, { ...user, password: "Chosen-Passw0rd!" });
  await expect(page).toHaveURL("/items");
  expectProblem(await new Api(baseURL).post("/api/user/login", user), 401, "invalid_credentials");
});

test("an unknown address is told the same on the page, and nothing is mailed", { tag: ONCE }, async ({
  page,
  stack,
  t,
}) => {
  const email = `nobody-${crypto.randomUUID()}@people.example`;
  await page.goto("/forgot-password");
  await page.getByLabel(t("forms.email")).fill("not an address");
  await page.getByRole("button", { name: t("forgotPassword.send") }).click();
  await expect(page.getByLabel(t("forms.email"))).toHaveAccessibleDescription(new RegExp(t("faults.email")));
  await page.getByLabel(t("forms.email")).fill(email);
  await page.getByRole("button", { name: t("forgotPassword.send") }).click();
  await expect(
    page.getByText(t.markup("forgotPassword.sent", { strong: (email) => email, email: email })),
  ).toBeVisible();
  await page.getByLabel(t("forgotPassword.code")).fill("123456");
  await page.getByLabel(t("forms.newPassword")).fill("Chosen-Passw0rd!");
  await page.getByRole("button", { name: t("forgotPassword.change") }).click();
  await expect(page.getByLabel(t("forgotPassword.code"))).toHaveAccessibleDescription(t("faults.old_code"));
  expect(await messagesTo(stack, email)).toEqual([]);
});

test("a code is pasted out of a whole message", { tag: ONCE }, async ({ page, t }) => {
  await page.goto("/forgot-password");
  await page.getByLabel(t("forms.email")).fill("nobody-knows@acme.example");
  await page.getByRole("button", { name: t("forgotPassword.send") }).click();
  const code = page.getByLabel(t("forgotPassword.code"));
  await code.evaluate((input) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text", "Your code is 123 456. Use it soon.");
    input.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  });
  await expect(code).toHaveValue("123456");
});
