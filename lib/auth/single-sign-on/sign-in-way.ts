import { and, eq, ne } from "drizzle-orm";
import { readDatabase, withDatabase } from "../../db/client";
import { provedDomains, type SingleSignOnState, tenants } from "../../db/schema";

/** The tenant of an e-mail domain, and how its people come in. */
export type DomainOwner = { tenant: string; state: SingleSignOnState; emergencySub: string | null };

/** What stands behind the last @ of an address, as the DNS has it. */
export function domainOf(email: string): string {
  return email.slice(email.lastIndexOf("@") + 1).toLowerCase();
}

/** Whose domain an address is of, where a tenant has proved it; null otherwise. @throws AppError `database_unavailable`. */
export async function ownerOfDomain(domain: string): Promise<DomainOwner | null> {
  const rows = await readDatabase((db) =>
    db
      .select({ tenant: tenants.id, state: tenants.singleSignOn, emergencySub: tenants.emergencySub })
      .from(provedDomains)
      .innerJoin(tenants, eq(tenants.id, provedDomains.tenant))
      .where(eq(provedDomains.domain, domain)),
  );
  return rows[0] ?? null;
}

/** How somebody with an address comes in. */
export type SignInWay = { way: "password" } | { way: "single_sign_on"; identifier: string };

/**
 * How somebody comes in, by the domain of their address alone: the same whether or not there is such an account.
 *
 * @throws AppError `database_unavailable`.
 */
export async function signInWayOf(email: string): Promise<SignInWay> {
  const identifier = domainOf(email);
  const owner = await ownerOfDomain(identifier);
  return owner && owner.state !== "off" ? { way: "single_sign_on", identifier } : { way: "password" };
}

/** Whether any tenant's people come by single sign-on: then a page asks for the address first. @throws AppError `database_unavailable`. */
export async function anySingleSignOn(): Promise<boolean> {
  const rows = await withDatabase((db) =>
    db
      .select({ domain: provedDomains.domain })
      .from(provedDomains)
      .innerJoin(tenants, and(eq(tenants.id, provedDomains.tenant), ne(tenants.singleSignOn, "off")))
      .limit(1),
  );
  return rows.length > 0;
}
