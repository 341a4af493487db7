import type { Page } from "@playwright/test";
import { HOME } from "../../../lib/home";
import { type Actor, type Case, SETTINGS } from "../../support/matrix";
import { type Cast, makeCast, runMatrix } from "../../support/matrix-run";
import { toastOf } from "../../support/page";
import { openSessionIn } from "../../support/person";
import { expect, test } from "../../support/test";
import { goToCompany, type Kind, SingleSignOnPage } from "../set-up";

// A pool of its own: where one tenant has single sign-on, the sign-in page is another one for all.
test.use({ stackOptions: { pool: {} } });

/** What newcomers are. */
const ROLES = ["viewer", "member", "admin"] as const;
/** Every how many cases one is tried. */
const STRIDE = 9;
const [setting] = SETTINGS;

/** What a provider that lies says of somebody: the other tenant, in every field that may be taken for it. */
function liesOf({ names, victim }: Cast, email: string): Record<string, unknown> {
  return {
    sub: crypto.randomUUID(),
    email,
    email_verified: true,
    name: victim.email,
    preferred_username: victim.email,
    "custom:tenant_id": names.other,
    tenant_id: names.other,
    groups: ["admin", "operator"],
    "cognito:groups": ["admin", "operator"],
    "cognito:username": victim.email,
    identities: JSON.stringify([{ providerName: `sso-${names.other}`, userId: "1" }]),
  };
}

/** Comes in at the company's provider as whoever these claims say, and is signed in. */
async function comeIn(
  page: Page,
  kind: Kind,
  email: string,
  claims: Record<string, unknown>,
): Promise<string> {
  await page.goto("/account");
  await goToCompany(page, email);
  const field = page.getByLabel("Somebody else, by their claims");
  await field.fill(JSON.stringify(claims));
  await page.locator("form").filter({ has: field }).getByRole("button").click();
  // By SAML whoever was made up is shown first, with the answer that is signed for them.
  if (kind === "saml") await page.getByRole("button", { name: email }).first().click();
  await expect(page).toHaveURL("/account");
  return (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
}

for (const kind of ["oidc", "saml"] satisfies Kind[]) {
  test(`whoever comes by a company's own provider is in its tenant alone, whatever the provider says, by ${kind}`, async ({
    page,
    browser,
    baseURL,
    stack,
    t,
  }) => {
    test.slow();
    const cast = await makeCast(stack);
    const { own: tenant } = cast.names;
    const domain = `${tenant}.example`;
    await openSessionIn(page.context(), stack.application.url, cast.actors.admin);
    const settings = await SingleSignOnPage.open(page, stack);
    await settings.saveProvider(kind, tenant);
    await settings.test("Alice Abe");
    await expect(page).toHaveURL(/\?test=passed/);
    await settings.prove(domain);
    await settings.change("turnOn");

    const cookies: Partial<Record<Actor, string>> = {};
    for (const role of ROLES) {
      await page.goto("/single-sign-on");
      await settings.step("newcomersTitle").getByLabel(t("singleSignOn.role")).selectOption(role);
      // Until it is changed they are viewers.
      if (role !== "viewer") {
        await page.getByRole("button", { name: t("singleSignOn.saveRole") }).click();
        await expect(toastOf(page, t)).toContainText(t("singleSignOn.roleSaved"));
      }
      const newcomer = await browser.newPage(baseURL === undefined ? {} : { baseURL });
      const email = `${role}@${domain}`;
      cookies[role] = await comeIn(newcomer, kind, email, liesOf(cast, email));
      await newcomer.goto(HOME);
      await newcomer.context().close();
    }
    if (!setting) throw new Error("The matrix has no setting.");
    const { application } = stack;
    const isTheirs = (each: Case) => each.kind === "cookie" && cookies[each.actor] !== undefined;
    const result = await runMatrix(stack, {
      setting,
      application,
      cast,
      stride: STRIDE,
      cookies,
      only: isTheirs,
    });
    expect(result.faults).toEqual([]);
    expect(result.cases).toBeGreaterThan(200);
    await settings.leaveOff();
    console.log(`attack matrix, federated by ${kind}: ${result.cases} cases`);
  });
}
