import type { Caller } from "../auth/access/identify";
import { countDomain, tellCognito } from "../single-sign-on/prove-domain";
import type { ProvedDomain } from "../tenants/contract";
import { asOperator } from "./as-operator";
import { readTenant, requireKept } from "./list-tenants";
import { recordOnPlatform } from "./platform-record";

/**
 * Has a domain that a tenant names count by an operator's word, where the tenant cannot write its DNS. It is on the record
 * of their own tenant, of that one and of the platform.
 *
 * @throws AppError `not_found`, the same where the tenant does not name it; `domain_taken`, `conflict` while the tenant
 *   is being deleted, `cognito_unavailable`, `database_unavailable`.
 */
export async function proveDomainAsOperator(
  caller: Caller,
  id: string,
  domain: string,
): Promise<ProvedDomain> {
  requireKept(await readTenant(id));
  await asOperator(caller, { action: "platform.domain_proved", subject: { id, name: domain } }, (by) =>
    countDomain({ ...by, tenantId: id }, domain, "operator", (tx) =>
      recordOnPlatform(tx, by, id, { action: "domain.proved", detail: { domain } }),
    ),
  );
  await tellCognito(id);
  return { domain, tenant_id: id };
}
