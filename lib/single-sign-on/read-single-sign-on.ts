import { readableDomain } from "../auth/single-sign-on/readable-domain";
import type { TenantContext } from "../auth/tenancy/tenant";
import { type Reads, readTenant } from "../db/with-tenant";
import { env } from "../env";
import type { SingleSignOn } from "./contract";
import { recordOf } from "./proof";
import { type DomainRow, findDomains, findRow, type Row } from "./rows";

/** The single sign-on of the caller's tenant; of one that has none, what it would begin with. */
export function readSingleSignOn({ tenantId }: Pick<TenantContext, "tenantId">): Promise<SingleSignOn> {
  return readTenant(tenantId, (reads) => shownIn(reads, tenantId));
}

/** The same inside a transaction. */
export async function shownIn(reads: Pick<Reads, "select">, tenantId: string): Promise<SingleSignOn> {
  const [row, domains] = await Promise.all([findRow(reads, tenantId), findDomains(reads, tenantId)]);
  return toSingleSignOn(row, domains);
}

function toSingleSignOn(row: Row, domains: DomainRow[]): SingleSignOn {
  const { COGNITO_DOMAIN: hosted, COGNITO_USER_POOL_ID: pool } = env();
  return {
    provider: providerOf(row),
    is_settled: row.isSettled,
    state: row.state,
    newcomer_role: row.newcomerRole,
    emergency_sub: row.emergencySub,
    tested_at: row.testedAt?.toISOString() ?? null,
    tested_as: row.testedSubject === null ? null : { subject: row.testedSubject, email: row.testedEmail },
    domains: domains.map(({ domain, token, provedAt, provedBy }) => ({
      domain,
      readable: readableDomain(domain),
      proved_at: provedAt?.toISOString() ?? null,
      proved_by: provedBy,
      record: recordOf(domain, token),
    })),
    // Cognito developer guide, "Using OIDC identity providers" and "Using SAML identity providers".
    redirect_uri: hosted ? `${hosted}/oauth2/idpresponse` : null,
    saml: hosted
      ? { acs_url: `${hosted}/saml2/idpresponse`, entity_id: `urn:amazon:cognito:sp:${pool}` }
      : null,
    version: row.version,
  };
}

function providerOf(row: Row): SingleSignOn["provider"] {
  if (row.kind === null) return null;
  if (row.kind === "saml") return { kind: "saml", metadata_url: row.metadataUrl };
  const { issuer, clientId, scopes, hasSecret, saysVerified } = row;
  return {
    kind: "oidc",
    issuer: issuer ?? "",
    client_id: clientId ?? "",
    scopes: scopes ?? "",
    has_secret: hasSecret,
    says_verified: saysVerified,
  };
}
