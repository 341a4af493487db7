import { Api } from "../support/api";
import { messagesTo, newestCode } from "../support/mailbox";
import { fillSignIn } from "../support/person";
import { expectProblem } from "../support/problem";
import { expect, test } from "../support/test";
import { newTenant, newUser } from "../support/users";

const WRONG_CODE = "This code is not right, or too old. Ask for a new one.";

test("a forgotten password is replaced with the code from the mail", async ({ page, stack, baseURL }) => {
  const user = await newUser(stack, { tenant: newTenant() });
  await page.goto("/signin");
  await page.getByRole("link", { name: "Forgot your password?" }).click();
  await expect(page.getByRole("heading", { name: "Forgot your password?" })).toBeVisible();
  await page.getByLabel("E-mail").fill(user.email);
  await page.getByRole("button", { name: "Mail me a code" }).click();
  await expect(
    page.getByText(`If there is an account for ${user.email}, a code is on its way.`),
  ).toBeVisible();

  const [code, password] = [page.getByLabel("Code from the mail"), page.getByLabel("New password")];
  const change = page.getByRole("button", { name: "Change password" });
  const right = await newestCode(stack, user.email);
  await code.fill(right === "000000" ? "111111" : "000000");
  await password.fill("Chosen-Passw0rd!");
  await change.click();
  await expect(code).toHaveAccessibleDescription(WRONG_CODE);
  await expect(password).toHaveValue("Chosen-Passw0rd!");
  await code.fill(right);
  await password.fill("weak");
  await change.click();
  await expect(password).toHaveAccessibleDescription(/long enough|symbol|number/);
  await password.fill("Chosen-Passw0rd!");
  await change.click();
  await expect(page.getByText("Your password is changed. Sign in with the new one.")).toBeVisible();
  await fillSignIn(page, { ...user, password: "Chosen-Passw0rd!" });
  await expect(page).toHaveURL("/items");
  expectProblem(await new Api(baseURL).post("/api/user/login", user), 401, "invalid_credentials");
});

test("an unknown address is told the same on the page, and nothing is mailed", async ({ page, stack }) => {
  const email = `nobody-${crypto.randomUUID()}@people.example`;
  await page.goto("/forgot-password");
  await page.getByLabel("E-mail").fill("not an address");
  await page.getByRole("button", { name: "Mail me a code" }).click();
  await expect(page.getByLabel("E-mail")).toHaveAccessibleDescription(/This is not an e-mail address\./);
  await page.getByLabel("E-mail").fill(email);
  await page.getByRole("button", { name: "Mail me a code" }).click();
  await expect(page.getByText(`If there is an account for ${email}, a code is on its way.`)).toBeVisible();
  await page.getByLabel("Code from the mail").fill("123456");
  await page.getByLabel("New password").fill("Chosen-Passw0rd!");
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByLabel("Code from the mail")).toHaveAccessibleDescription(WRONG_CODE);
  expect(await messagesTo(stack, email)).toEqual([]);
});
