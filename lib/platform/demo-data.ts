import { asc, eq, sql } from "drizzle-orm";
import { recordPast } from "../audit/record";
import { listUsers } from "../cognito/pool-users";
import { withDatabase } from "../db/client";
import type { TenantTransaction } from "../db/opened";
import { members, tenants } from "../db/schema";
import { becomeTenant } from "../db/with-tenant";
import type { DemoPerson, DemoTenant } from "../demo-tenant";
import { FEATURES } from "../features";
import { tenantOf } from "../members/pool-member";
import { readDirectoryOnce } from "../members/read-directory";

const MINUTE_MS = 60_000;
const WORKING_DAY_MINUTES = 10 * 60;
const EVENING_HOUR = 18;
/** How long there have been these tenants. */
const DAYS = 60;

/**
 * Fills a database that knows no tenant yet with what the users of the pool did in it: the rows of each feature, and the
 * record of how they came about. In any other one everything stays as it is.
 *
 * @throws AppError `database_unavailable`, `cognito_unavailable`.
 */
export async function giveDemoData(): Promise<void> {
  const known = await withDatabase((db) => db.select({ id: tenants.id }).from(tenants).limit(1));
  if (known.length > 0) return;
  const { users } = await listUsers(null);
  const sizes = new Map<string, number>();
  for (const user of users) {
    const tenantId = tenantOf(user);
    if (tenantId !== null) sizes.set(tenantId, (sizes.get(tenantId) ?? 0) + 1);
  }
  const bySize = [...sizes].sort(([, one], [, other]) => other - one).map(([tenantId]) => tenantId);
  const companies = bySize.filter((tenantId) => sizes.get(tenantId) !== 1);
  for (const tenantId of companies) await readDirectoryOnce({ tenantId });
  // All or nothing: what breaks off is begun anew by the next start.
  await withDatabase((db) =>
    db.transaction(async (tx) => {
      const createdAt = momentAgo(DAYS);
      await tx
        .insert(tenants)
        .values(bySize.map((id) => ({ id, name: nameOf(id), createdAt })))
        // Somebody may have signed in by now.
        .onConflictDoUpdate({ target: tenants.id, set: { name: sql`excluded.name`, createdAt } });
      for (const [place, tenantId] of companies.entries()) await tellPast(tx, tenantId, place);
    }),
  );
}

async function tellPast(tx: TenantTransaction, tenantId: string, place: number): Promise<void> {
  await becomeTenant(tx, tenantId);
  const people: DemoPerson[] = await tx
    .select({
      sub: members.sub,
      email: members.email,
      name: members.name,
      role: members.role,
      status: members.status,
    })
    .from(members)
    .where(eq(members.tenantId, tenantId))
    .orderBy(asc(members.email));
  const writers = people.filter(({ role, status }) => role !== "viewer" && status === "active");
  const tenant: DemoTenant = {
    tx,
    tenantId,
    place,
    people,
    writer: (turn) => {
      const writer = writers[turn % writers.length];
      if (!writer) throw new Error("nobody may write");
      return writer;
    },
    ago: momentAgo,
    after: (moment, minutes) => new Date(Math.min(moment.getTime() + minutes * MINUTE_MS, Date.now())),
  };
  for (const { demo } of FEATURES) await recordPast(tx, tenantId, (await demo?.(tenant)) ?? []);
}

function momentAgo(days: number): Date {
  const day = Math.floor(days);
  const minutes = (days - day) * WORKING_DAY_MINUTES;
  const evening = new Date();
  if (day > 0) {
    evening.setDate(evening.getDate() - day);
    evening.setHours(EVENING_HOUR, 30, 0, 0);
  }
  return new Date(evening.getTime() - minutes * MINUTE_MS);
}

/** "Acme" of `acme`. */
function nameOf(id: string): string {
  return id.charAt(0).toUpperCase() + id.slice(1);
}
