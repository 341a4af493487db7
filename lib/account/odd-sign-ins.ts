import { and, desc, eq, gt, sql } from "drizzle-orm";
import { READ_AUDIT } from "../audit/permissions";
import { type Person, personIn } from "../auth/tenancy/person";
import type { TenantContext } from "../auth/tenancy/tenant";
import { auditEvents } from "../db/schema";
import { readTenant } from "../db/with-tenant";
import { may } from "../roles";

const SHOWN_DAYS = 7;
/** A refusal is on record once a minute: so many are tries that went on for minutes, and no slip of the finger. */
const REFUSED_BEFORE = 3;

export type OddSignIn = { id: string; person: Person | null; address: string; at: string };

/**
 * Sign-ins of others of the last days that somebody should look at: on a device that was not seen before, within an hour
 * after sign-ins to the same account were refused again and again. For those who may read the audit log.
 *
 * @param limit how many, the newest first.
 */
export async function oddSignIns(tenant: TenantContext, limit: number): Promise<OddSignIn[]> {
  const { tenantId, principal, role } = tenant;
  if (!may(role, READ_AUDIT)) return [];
  const refusedBefore = sql`(select count(*) from audit_events r
    where r.tenant_id = ${tenantId} and r.action = 'sign_in.refused' and r.subject_id = ${auditEvents.actorSub}
      and r.created_at > ${auditEvents.createdAt} - interval '1 hour' and r.created_at <= ${auditEvents.createdAt})`;
  const rows = await readTenant(tenantId, (tx) =>
    tx
      .select({
        id: auditEvents.id,
        at: auditEvents.createdAt,
        address: auditEvents.actorName,
        person: personIn(tenant, auditEvents.actorSub),
      })
      .from(auditEvents)
      .where(
        and(
          eq(auditEvents.tenantId, tenantId),
          gt(auditEvents.createdAt, sql`now() - make_interval(days => ${SHOWN_DAYS})`),
          eq(auditEvents.action, "sign_in.succeeded"),
          sql`${auditEvents.actorSub} <> ${principal.sub}`,
          sql`${auditEvents.detail} ->> 'new_device' = 'true'`,
          sql`${refusedBefore} >= ${REFUSED_BEFORE}`,
        ),
      )
      .orderBy(desc(auditEvents.createdAt), desc(auditEvents.id))
      .limit(limit),
  );
  return rows.map(({ id, person, address, at }) => ({
    id,
    person,
    address: address ?? "",
    at: at.toISOString(),
  }));
}
