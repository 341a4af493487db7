import type { Locator, Page } from "@playwright/test";
import type { Ground } from "../../infra/local/stack";
import { toastOf } from "../support/page";
import { expect } from "../support/test";
import { type Words, wordsOn } from "../support/words";

export type Kind = "oidc" | "saml";
type Site = Pick<Ground, "cognito" | "textRecords">;

/** The page of single sign-on, as an administrator works through it. */
export class SingleSignOnPage {
  private constructor(
    readonly page: Page,
    private readonly site: Site,
    private readonly t: Words,
  ) {}

  static async open(page: Page, site: Site): Promise<SingleSignOnPage> {
    await page.goto("/single-sign-on");
    return new SingleSignOnPage(page, site, await wordsOn(page));
  }

  /** One of the steps, by the key of its title. */
  step(title: "providerTitle" | "testTitle" | "domainsTitle" | "newcomersTitle" | "stateTitle"): Locator {
    const heading = this.page.getByRole("heading", { level: 2, name: this.t(`singleSignOn.${title}`) });
    return this.page.locator("li").filter({ has: heading });
  }

  async saveProvider(kind: Kind, name: string): Promise<void> {
    const { t, page } = this;
    const at = `${this.site.cognito.url}/_idp/${name}`;
    await page
      .getByRole("button", { name: t(`singleSignOn.${kind === "oidc" ? "byOidc" : "bySaml"}`) })
      .click();
    const dialog = page.getByRole("dialog");
    if (kind === "oidc") {
      await dialog.getByLabel(t("singleSignOn.issuer")).fill(at);
      await dialog.getByLabel(t("singleSignOn.clientId")).fill("sekisho");
      await dialog.getByLabel(t("singleSignOn.clientSecret")).fill("given-there");
    } else await dialog.getByLabel(t("singleSignOn.metadataUrl")).fill(`${at}/metadata`);
    await dialog.getByRole("button", { name: t("singleSignOn.save"), exact: true }).click();
    await expect(toastOf(page, t)).toContainText(t("singleSignOn.saved"));
  }

  async test(person: string): Promise<void> {
    await this.page.getByRole("button", { name: this.t("singleSignOn.test"), exact: true }).click();
    await chooseAtProvider(this.page, person);
  }

  /** @returns the record that proves it */
  async addDomain(domain: string): Promise<{ name: string; value: string }> {
    const { t } = this;
    const step = this.step("domainsTitle");
    await step.getByLabel(t("singleSignOn.domain"), { exact: true }).fill(domain);
    await step.getByRole("button", { name: t("singleSignOn.addDomain") }).click();
    const row = step.getByRole("listitem").filter({ hasText: domain });
    await expect(row.locator("code")).toHaveCount(2);
    const [name = "", value = ""] = await row.locator("code").allTextContents();
    return { name, value };
  }

  async check(domain: string): Promise<void> {
    await this.page.getByRole("button", { name: this.t("singleSignOn.checkNamed", { domain }) }).click();
  }

  async prove(domain: string): Promise<void> {
    const { name, value } = await this.addDomain(domain);
    this.site.textRecords.set(name, [value]);
    await this.check(domain);
    await expect(toastOf(this.page, this.t)).toContainText(this.t("singleSignOn.domainProved", { domain }));
  }

  /** For those who sign in after: the sign-in page asks for the address first wherever any tenant has it on. */
  async leaveOff(): Promise<void> {
    await this.page.goto("/single-sign-on");
    await this.change("turnOff");
  }

  /** Presses a button of the last step and the one that confirms it. */
  async change(open: "turnOn" | "require" | "allow" | "turnOff"): Promise<void> {
    const { t, page } = this;
    await page.getByRole("button", { name: t(`singleSignOn.${open}`), exact: true }).click();
    await page
      .getByRole("dialog")
      .getByRole("button", { name: t(`singleSignOn.${open}Now`), exact: true })
      .click();
    await expect(page.getByRole("dialog")).toHaveCount(0);
  }
}

/** On the page of the mock provider: signs in as one of its people. */
export async function chooseAtProvider(page: Page, person: string): Promise<void> {
  await page.getByRole("button", { name: new RegExp(`^${person}`) }).click();
}

/** From the sign-in page to one's company, by one's address. */
export async function goToCompany(page: Page, email: string): Promise<void> {
  const t = await wordsOn(page);
  // Whether any company has a sign-in of its own is asked every few seconds.
  await expect(async () => {
    if (await page.getByRole("button", { name: t("signin.goOn"), exact: true }).isVisible()) return;
    await page.reload();
    throw new Error("The sign-in page does not ask for the address first.");
  }).toPass({ timeout: 15_000 });
  await page.getByLabel(t("forms.email")).fill(email);
  await page.getByRole("button", { name: t("signin.goOn"), exact: true }).click();
}
