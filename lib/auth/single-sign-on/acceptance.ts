import { eq } from "drizzle-orm";
import { decodeJwt } from "jose";
import { isSaidTrue } from "../../cognito/said-true";
import { singleSignOns } from "../../db/schema";
import { readTenant } from "../../db/with-tenant";
import { inDns } from "../../typed";
import { domainOf, ownerOfDomain } from "./sign-in-way";

/** The address that a provider says, and whether it says that it is verified. */
export type SaidAddress = { email: string; isVerified: boolean };

/** One @, and nothing in it that another reader would take apart otherwise: quotes, comments, blanks, controls. */
const PLAIN = /^([^\s\p{C}@"()<>,;:\\[\]]{1,64})@([\p{L}\p{M}\p{N}.-]{1,253})$/u;
const IN_DNS = /^[A-Za-z0-9.-]+$/;

/** What an ID token says, which we took from Cognito ourselves; null without a plain address. */
export function addressIn({ idToken }: { idToken: string }): SaidAddress | null {
  const { email, email_verified: verified } = decodeJwt(idToken);
  const [, name = "", domain = ""] = (typeof email === "string" && PLAIN.exec(email)) || [];
  const ascii = inDns(domain);
  if (!IN_DNS.test(ascii)) return null;
  return { email: inSmall(`${name}@${ascii}`), isVerified: isSaidTrue(verified) };
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
 * tenant's own domains alone, and only those that the provider has verified, as far as it says so.
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
  return owner?.tenant === tenantId ? null : "not of the tenant's domains";
}
