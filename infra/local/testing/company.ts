import { randomUUID } from "node:crypto";
import { finishTest } from "../../../lib/auth/single-sign-on/finish-test";
import { providerNameOf } from "../../../lib/auth/single-sign-on/provider-name";
import type { TenantContext } from "../../../lib/auth/tenancy/tenant";
import { WHICHEVER } from "../../../lib/db/expected-version";
import { readTenant } from "../../../lib/db/with-tenant";
import { addDomain } from "../../../lib/single-sign-on/add-domain";
import { changeSingleSignOn } from "../../../lib/single-sign-on/change-single-sign-on";
import type { SingleSignOnChange } from "../../../lib/single-sign-on/contract";
import { proveDomain } from "../../../lib/single-sign-on/prove-domain";
import { findRow } from "../../../lib/single-sign-on/rows";
import { saveProvider } from "../../../lib/single-sign-on/save-provider";
import type { TestCognito } from "./cognito";
import { newPoolUser } from "./cognito-user";
import { type Person, signInAtProvider } from "./provider-sign-in";
import { makeTenant } from "./tenant";

/** A tenant with a provider of its own. */
export type Company = {
  admin: TenantContext;
  tenantId: string;
  domain: string;
  provider: string;
  /** Somebody of it, as its provider says them. */
  person(claims?: Record<string, unknown>): Person;
  change(change: SingleSignOnChange): Promise<unknown>;
};

/** As an administrator sets it up: provider, test, domain, on. */
export async function newCompany(
  cognito: TestCognito,
  { kind = "oidc" as "oidc" | "saml", isOn = true, name = `t${randomUUID().slice(0, 8)}` } = {},
): Promise<Company> {
  const { id: sub } = await newPoolUser(cognito, name, { groups: ["admin"] });
  const admin = makeTenant({ tenantId: name, sub, groups: ["admin"] });
  const at = `${cognito.url.replace("//localhost:", "//127.0.0.1:")}/_idp/${name}`;
  const provider = providerNameOf(name) ?? "";
  await saveProvider(
    admin,
    kind === "oidc"
      ? {
          kind,
          issuer: at,
          client_id: "sekisho",
          client_secret: "s3cret",
          scopes: "openid email profile",
          says_verified: true,
        }
      : { kind, metadata_url: `${at}/metadata` },
    WHICHEVER,
  );
  const domain = `${name}.example`;
  const company: Company = {
    admin,
    tenantId: name,
    domain,
    provider,
    person: (claims) => ({
      sub: randomUUID(),
      email: `${randomUUID().slice(0, 8)}@${domain}`,
      ...(kind === "oidc" && { email_verified: true }),
      name: "Zoe",
      ...claims,
    }),
    change: (change) => changeSingleSignOn(admin, change, WHICHEVER),
  };
  await proveOwn(company, domain);
  const { providerVersion: version } = await readTenant(name, (reads) => findRow(reads, name));
  const tokens = await signInAtProvider({ identity_provider: provider }, company.person());
  const result = await finishTest({ sub, tenantId: name, version }, tokens, "192.0.2.1");
  if (result !== "passed") throw new Error(result);
  if (isOn) await company.change({ state: "on", newcomer_role: "member" });
  return company;
}

/** Names a domain of a company and proves it, as the DNS would. */
export async function proveOwn({ admin }: Pick<Company, "admin">, domain: string): Promise<void> {
  const { domains } = await addDomain(admin, domain, WHICHEVER);
  const record = domains.find((each) => each.domain === domain)?.record;
  await proveDomain(admin, domain, async (name) => (name === record?.name ? [record.value] : []));
}
