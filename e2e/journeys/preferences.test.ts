import { openSessionIn, signedInPerson } from "../support/person";
import { expect, test } from "../support/test";
import { newTenant, newUser } from "../support/users";

test.describe("a browser that prefers Japanese", () => {
  test.use({ locale: "ja-JP", timezoneId: "Asia/Tokyo" });

  test("is answered in Japanese, and writes its times in its own zone", async ({ page, stack }) => {
    await page.goto("/signin");
    await expect(page.locator("html")).toHaveAttribute("lang", "ja");
    await expect(page).toHaveTitle("サインイン · Sekisho");
    await page.getByRole("button", { name: "サインイン", exact: true }).click();
    await expect(page.getByLabel("メールアドレス")).toHaveAccessibleDescription(
      "メールアドレスを入力してください。",
    );
    await signedInPerson(page, stack);
    await page.goto("/account");
    const since = page.getByRole("listitem").locator("time");
    const inTokyo = await since.evaluate((element: HTMLTimeElement) =>
      new Intl.DateTimeFormat("ja", { timeStyle: "short", hourCycle: "h23", timeZone: "Asia/Tokyo" }).format(
        new Date(element.dateTime),
      ),
    );
    await expect(since).toContainText(inTokyo);
    await page.getByLabel("現在のパスワード").fill("Wr0ng!password");
    await page.getByLabel("新しいパスワード").fill("Chosen-Passw0rd!");
    await page.getByRole("button", { name: "パスワードを変更" }).click();
    await expect(page.getByLabel("現在のパスワード")).toHaveAccessibleDescription(
      "現在のパスワードが正しくありません。",
    );
  });
});

test("language and theme are chosen on the sign-in page without losing what was typed, and stay", async ({
  page,
  stack,
}) => {
  const user = await newUser(stack, { tenant: newTenant() });
  await page.goto("/signin");
  await page.getByLabel("E-mail").fill(user.email);
  await page.getByRole("button", { name: "Language and appearance" }).click();
  await page.getByText("日本語").click();
  await expect(page.getByRole("heading", { name: "サインイン" })).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", "ja");
  await page.getByText("ダーク").click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(page.getByLabel("メールアドレス")).toHaveValue(user.email);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "言語と外観" })).toBeFocused();

  await openSessionIn(page.context(), new URL(page.url()).origin, user);
  await page.goto("/items");
  await expect(page.getByRole("heading", { name: "アイテム", exact: true })).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  const canvas = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  expect(canvas).toBe("rgb(18, 16, 14)");
});

test("cookies that say nonsense are answered as if they were not there", async ({ page, baseURL }) => {
  await page.context().addCookies([
    { name: "sekisho.locale", value: "__proto__", url: baseURL },
    { name: "sekisho.theme", value: "neon", url: baseURL },
    { name: "sekisho.zone", value: "%E0%A4%A", url: baseURL },
  ]);
  const answer = await page.goto("/signin");
  expect(answer?.status()).toBe(200);
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "system");
});

test("a code is pasted out of a whole message", async ({ page }) => {
  await page.goto("/forgot-password");
  await page.getByLabel("E-mail").fill("nobody-knows@acme.example");
  await page.getByRole("button", { name: "Mail me a code" }).click();
  const code = page.getByLabel("Code from the mail");
  await code.evaluate((input) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text", "Your code is 123 456. Use it soon.");
    input.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  });
  await expect(code).toHaveValue("123456");
});
