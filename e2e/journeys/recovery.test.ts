import { AdminResetUserPasswordCommand } from "@aws-sdk/client-cognito-identity-provider";
import { HOME } from "../../lib/home";
import { Api } from "../support/api";
import { later } from "../support/cognito-controls";
import { messagesTo, newestCode } from "../support/mailbox";
import { fillSignIn } from "../support/person";
import { expectProblem } from "../support/problem";
import { expect, ONCE, test } from "../support/test";
import { newTenant, newUser, withCognito } from "../support/users";
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
  await expect(page).toHaveURL(HOME);
  expectProblem(await new Api(baseURL).post("/api/user/login", user), 401, "invalid_credentials");
});

test("each step of a forgotten password has its own heading and title, Back and a reload keep to it, and the address goes along", async ({
  page,
  stack,
  t,
}) => {
  const user = await newUser(stack, { tenant: newTenant() });
  const at = async (title: string) => {
    await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
    await expect(page).toHaveTitle(`${title} · Sekisho`);
  };
  const sent = page.getByText(
    t.markup("forgotPassword.sent", { strong: (email) => email, email: user.email }),
  );
  const [email, code] = [page.getByLabel(t("forms.email")), page.getByLabel(t("forgotPassword.code"))];
  await page.goto("/signin");
  await email.fill(user.email);
  await page.getByRole("link", { name: t("signin.forgot") }).click();
  await at(t("forgotPassword.title"));
  await expect(email).toHaveValue(user.email);
  await page.getByRole("button", { name: t("forgotPassword.send") }).click();
  await at(t("forgotPassword.sentTitle"));
  await expect(sent).toBeVisible();
  await expect(code).toBeFocused();
  await page.reload();
  await at(t("forgotPassword.sentTitle"));
  await expect(sent).toBeVisible();
  await page.goBack();
  await at(t("forgotPassword.title"));
  await expect(email).toHaveValue(user.email);
  await page.goForward();
  await at(t("forgotPassword.sentTitle"));

  // Opened somewhere else, it asks whose code it is.
  await page.evaluate(() => sessionStorage.clear());
  await page.reload();
  await expect(email).toHaveValue("");
  await expect(page.getByText(t("forgotPassword.haveCodeWords"))).toBeVisible();
});

test("whose code has run out has another mailed by one press, and is back at signing in with their address", {
  tag: ONCE,
}, async ({ page, stack, t }) => {
  const user = await newUser(stack, { tenant: newTenant() });
  await page.goto("/forgot-password");
  await page.getByLabel(t("forms.email")).fill(user.email);
  await page.getByRole("button", { name: t("forgotPassword.send") }).click();
  const code = page.getByLabel(t("forgotPassword.code"));
  await expect(code).toBeVisible();
  const old = await newestCode(stack, user.email);
  const again = page.getByRole("button", { name: t("forgotPassword.again") });
  await page.getByLabel(t("forms.newPassword")).fill("Chosen-Passw0rd!");
  const change = page.getByRole("button", { name: t("forgotPassword.change") });
  await later(stack, 2 * 3_600, async () => {
    await code.fill(old);
    await change.click();
    await expect(code).toHaveAccessibleDescription(t("faults.old_code"));
  });
  await again.click();
  await expect(
    page.getByText(t.markup("forgotPassword.sentAgain", { strong: (email) => email, email: user.email })),
  ).toBeVisible();
  await expect(code).toHaveValue("");
  await expect(code).toBeFocused();
  await code.fill(await newestCode(stack, user.email));
  await change.click();
  await expect(page.getByText(t("notices.password_reset"))).toBeVisible();
  await expect(page.getByLabel(t("forms.email"))).toHaveValue(user.email);
  const password = page.getByLabel(t("forms.password"), { exact: true });
  await expect(password).toBeFocused();
  await password.fill("Chosen-Passw0rd!");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(HOME);
  expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
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
  await expect(page.getByLabel(t("forms.email"))).toHaveAccessibleDescription(
    new RegExp(t("faults.not_an_email")),
  );
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

test("whose password an administrator reset is told so with the old one, and uses the mailed code as it is", async ({
  page,
  stack,
  t,
}) => {
  const user = await newUser(stack, { tenant: newTenant() });
  await withCognito(stack, (client, UserPoolId) =>
    client.send(new AdminResetUserPasswordCommand({ UserPoolId, Username: user.email })),
  );
  const [mail = "", ...more] = await messagesTo(stack, user.email);
  expect(more).toEqual([]);
  const code = await newestCode(stack, user.email);
  await page.goto("/signin");
  await fillSignIn(page, user);
  await expect(page.getByText(t("errors.password_reset_required"))).toBeVisible();
  await page.getByRole("link", { name: t("signin.enterCode") }).click();
  // Where the mail leads, too.
  const address = new URL(/https?:\S+forgot-password\S*/.exec(mail)?.[0] ?? "");
  await expect(page).toHaveURL(address.pathname + address.search);
  await page.getByLabel(t("forms.email")).fill(user.email);
  await page.getByLabel(t("forgotPassword.code")).fill(code);
  await page.getByLabel(t("forms.newPassword")).fill("Chosen-Passw0rd!");
  await page.getByRole("button", { name: t("forgotPassword.change") }).click();
  await expect(page.getByText(t("notices.password_reset"))).toBeVisible();
  await fillSignIn(page, { ...user, password: "Chosen-Passw0rd!" });
  await expect(page).toHaveURL(HOME);
  expect(await messagesTo(stack, user.email)).toEqual([mail]);
});

test("a code that one has is entered without asking for another, with the address that was typed", {
  tag: ONCE,
}, async ({ page, stack, t }) => {
  const user = await newUser(stack, { tenant: newTenant() });
  await page.goto("/forgot-password");
  await page.getByLabel(t("forms.email")).fill(user.email);
  await page.getByRole("link", { name: t("forgotPassword.haveCode") }).click();
  await expect(page.getByLabel(t("forgotPassword.code"))).toBeVisible();
  await expect(page.getByLabel(t("forms.email"))).toHaveValue(user.email);
  await page.goBack();
  await expect(page.getByRole("button", { name: t("forgotPassword.send") })).toBeVisible();
  await expect(page.getByLabel(t("forms.email"))).toHaveValue(user.email);
  expect(await messagesTo(stack, user.email)).toEqual([]);
});

test("an expired invitation is told the way on, in the words that a stranger's address is told", {
  tag: ONCE,
}, async ({ page, stack, t }) => {
  const invited = await newUser(stack, { tenant: newTenant(), temporary: true });
  const stranger = { email: `nobody-${crypto.randomUUID()}@people.example`, password: invited.password };
  const told: (string | null | undefined)[] = [];
  await later(stack, 8 * 86_400, async () => {
    for (const user of [invited, stranger]) {
      await page.goto("/signin");
      await fillSignIn(page, user);
      await expect(page.getByText(t("signin.helpInvited"))).toBeVisible();
      told.push(await page.locator("form").textContent());
    }
  });
  for (const { email } of [invited, stranger]) {
    await page.goto("/forgot-password");
    await page.getByLabel(t("forms.email")).fill(email);
    await page.getByRole("button", { name: t("forgotPassword.send") }).click();
    await expect(page.getByText(t("forgotPassword.noMail"))).toBeVisible();
    told.push((await page.locator("form").textContent())?.replace(email, "…"));
    expect(await messagesTo(stack, email)).toEqual([]);
  }
  expect(told[0]).toBe(told[1]);
  expect(told[2]).toBe(told[3]);
});
