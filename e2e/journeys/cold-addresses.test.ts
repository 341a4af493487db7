import type { Page } from "@playwright/test";
import { FEATURES } from "../../lib/features";
import type { Api } from "../support/api";
import type { FeatureAddresses } from "../support/feature-addresses";
import { apiOf, fillSignIn, signedInPerson } from "../support/person";
import { expect, ONCE, test } from "../support/test";
import { newTenant, newUser } from "../support/users";

/** The addresses of a page: alone, with some values of each parameter, and with one of each. */
async function addressesOf(
  name: string,
  { parameters, values }: FeatureAddresses,
  api: Api,
): Promise<string[]> {
  const of = await values(api);
  expect(Object.keys(of).sort(), `the parameters of ${name}`).toEqual([...parameters].sort());
  const each = Object.entries(of).flatMap(([name, all]) => all.map((value) => ({ [name]: value })));
  const together = Object.fromEntries(Object.entries(of).map(([name, [first = ""]]) => [name, first]));
  return [{}, ...each, together].map((query) => `/${name}?${new URLSearchParams(query)}`);
}

/** What the page and its browser complain about. That nothing is there, or one has to sign in, is said on the page. */
function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(`${page.url()}: ${error.message}`));
  page.on("console", (message) => {
    const isAnswer = /status of 40[14]/.test(message.text());
    if (message.type() === "error" && !isAnswer) complaints.push(`${page.url()}: ${message.text()}`);
  });
  return complaints;
}

test("every address that a page can have opens cold as it is, without an error on either side", {
  tag: ONCE,
}, async ({ page, stack, t }) => {
  // Some ninety pages, one after the other.
  test.slow();
  const user = await signedInPerson(page, stack, { groups: ["admin", "operator"] });
  const api = await apiOf(stack, user);
  const addresses = [
    "/home",
    "/account",
    "/no-tenant",
    "/not/a/page",
    "/enter",
    "/enter?tenant=acme&state=x&to=/home",
  ];
  for (const { name, page } of FEATURES) {
    if (!page) continue;
    const { addresses: own } = (await import(`../${name}/addresses.ts`)) as { addresses: FeatureAddresses };
    addresses.push(...(await addressesOf(name, own, api)));
  }
  const complaints = complaintsOf(page);
  const before = stack.application.output().length;
  for (const address of addresses) {
    await page.goto(address);
    await expect(page.getByRole("heading", { level: 1 }), address).toBeVisible();
    // The script is there, and has taken over what the server sent.
    await expect(page.getByRole("button", { disabled: false }).first(), address).toBeAttached();
  }
  await page.context().clearCookies();
  const words = [
    "session_ended",
    "password_reset",
    "signed_out_everywhere",
    "signed_out_unconfirmed",
    "rate_limited:30",
    "<b>",
    "",
  ];
  const open = ["/forgot-password", ...words.map((error) => `/signin?${new URLSearchParams({ error })}`)];
  for (const address of [...open, "/signin?callbackUrl=/account", "/challenge?callbackUrl=/account"]) {
    await page.goto(address);
    await expect(page.getByRole("button", { disabled: false }).first(), address).toBeVisible();
  }
  const fresh = await newUser(stack, { tenant: newTenant(), temporary: true });
  await fillSignIn(page, fresh);
  await page.waitForURL("**/challenge?**");
  await page.reload();
  await expect(page.getByRole("button", { name: t("challenge.saveAndSignIn") })).toBeEnabled();

  expect(complaints).toEqual([]);
  const said = stack.application.output().slice(before);
  expect(said.split("\n").filter((line) => /⨯|"level":"error"|Error:/.test(line))).toEqual([]);
});
