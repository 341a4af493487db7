import { HOME } from "../../lib/home";
import { signedInPerson } from "../support/person";
import { expect, test } from "../support/test";

test("the way back never leads to another site", async ({ page, stack }) => {
  await signedInPerson(page, stack);
  const elsewhere = [
    "//evil.example",
    "https://evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "javascript:alert(1)",
    "@evil.example",
    "evil",
  ];
  for (const callbackUrl of elsewhere) {
    await page.goto(`/signin?${new URLSearchParams({ callbackUrl })}`);
    await expect(page, callbackUrl).toHaveURL(HOME);
  }
});
