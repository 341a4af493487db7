import { eq } from "drizzle-orm";
import { decodeJwt } from "jose";
import { isSaidTrue } from "../../cognito/said-true";
import { singleSignOns } from "../../db/schema";
import { readTenant } from "../../db/with-tenant";
import { inDns } from "../../typed";
import { domainOf, ownerOfDomain } from "./sign-in-way";

/**
 * The address that a provider says, and whether it says that it is verified; and the domain whose account it is, where it
 * says that: Google does (`hd`), and Cognito passes it on only where it is mapped to an attribute of that name.
 */
export type SaidAddress = { email: string; isVerified: boolean; hosted: string | null };

/** One @, and nothing in it that another reader would take apart otherwise: quotes, comments, blanks, controls. */
const PLAIN = /^([^\s\p{C}@"()<>,;:\\[\]]{1,64})@([\p{L}\p{M}\p{N}.-]{1,253})$/u;
const IN_DNS = /^[A-Za-z0-9.-]+$/;

/** What an ID token says, which we took from Cognito ourselves; null without a plain address. */
export function addressIn({ idToken }: { idToken: string }): SaidAddress | null {
  const { email, email_verified: verified, hd, "custom:hd": mapped = hd } = decodeJwt(idToken);
  const [, name = "", domain = ""] = (typeof email === "string" && PLAIN.exec(email)) || [];
  const ascii = inDns(domain);
  if (!IN_DNS.test(ascii)) return null;
  const hosted = mapped === undefined ? null : inSmall(inDns(String(mapped)));
  return { email: inSmall(`${name}@${ascii}`), isVerified: isSaidTrue(verified), hosted };
}

/** Letters of ASCII alone: of others, such as the Kelvin sign, small ones are those of another address. */
const inSmall = (email: string) => email.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

type Settings = Pick<
  typeof singleSignOns.$inferSelect,
  "kind" | "saysVerified" | "state" | "newcomerRole" | "emergencySub"
>;

/** How a tenant lets people in by its provider; null for one that has none. @throws AppError `database_unavailable`. */
export async function settingsOf(tenantId: string): Promise<Settings | null> {
  const rows = await readTenant(tenantId, (reads) =>
    reads
      .select({
        kind: singleSignOns.kind,
        saysVerified: singleSignOns.saysVerified,
        state: singleSignOns.state,
        newcomerRole: singleSignOns.newcomerRole,
        emergencySub: singleSignOns.emergencySub,
      })
      .from(singleSignOns)
      .where(eq(singleSignOns.tenantId, tenantId)),
  );
  return rows[0] ?? null;
}

/**
 * Why what a tenant's provider says of somebody does not count; null where it does. What counts are addresses of the
 * tenant's own domains alone, and only those that the provider has verified, as far as it says so; of accounts of such a
 * domain, where it says that.
 *
 * @throws AppError `database_unavailable`.
 */
export async function whyRefused(
  tenantId: string,
  settings: Settings | null,
  said: SaidAddress | null,
): Promise<string | null> {
  if (settings === null || settings.kind === null || settings.state === "off") return "switched off";
  if (said === null) return "no address";
  if (settings.kind === "oidc" && settings.saysVerified && !said.isVerified) return "not verified";
  const owner = await ownerOfDomain(domainOf(said.email));
  if (owner?.tenant !== tenantId) return "not of the tenant's domains";
  // Of an account for private use Google says none, or one that is empty.
  const host = said.hosted === null ? owner : await ownerOfDomain(said.hosted);
  return host?.tenant === tenantId ? null : "of another company's account";
}
