import { and, eq, type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { validate as isUuid } from "uuid";
import { z } from "zod";
import { memberOf } from "../../db/member-of";
import { members } from "../../db/schema";
import { type Reads, readTenant } from "../../db/with-tenant";
import { permission } from "../../permission";
import { may } from "../../roles";
import type { TenantContext } from "./tenant";

/** An address says more than a name: it is for those who see the list of members. */
const SEE_ADDRESSES = permission("addresses:read", "oversee");

/** Somebody who did something in a tenant, as others there may know them. */
export const Person = z
  .object({
    sub: z.string(),
    name: z
      .string()
      .nullable()
      .describe(
        "What they are called; of who has not said it, the first part of their e-mail address for those who see members, else null.",
      ),
    is_member: z
      .boolean()
      .describe("False of somebody who was removed, or whom the list of members does not know."),
  })
  .meta({
    id: "Person",
    examples: [{ sub: "b7d4ca28-50f1-70c5-9c3e-2f6d1a5e8b90", name: "Yuki Tanaka", is_member: true }],
  });
export type Person = z.output<typeof Person>;

type Reader = Pick<TenantContext, "tenantId" | "principal" | "role">;

/**
 * The person that a column of a tenant's table names by their `sub`, for a field of a select: looked up in the list of
 * members, in the same statement. Null where the column is.
 *
 * @param reader who is shown it.
 * @public for features
 */
export function personIn(reader: Reader, sub: PgColumn): SQL<Person> {
  const called = calledBy(reader, sql`p.name`, sql`p.email`);
  const person = sql`jsonb_build_object('sub', ${sub}, 'name', max(${called}), 'is_member', count(*) = 1)`;
  return sql<Person>`case when ${sub} is not null then ${memberOf(reader.tenantId, sub, person)} end`;
}

/**
 * What the members are called in a select of their list; null of who is called nothing that this reader may know.
 *
 * @public for features
 */
export function memberName(reader: Reader): SQL<string | null> {
  return sql<string | null>`${calledBy(reader, sql`${members.name}`, sql`${members.email}`)}`;
}

function calledBy({ role }: Reader, name: SQL, email: SQL): SQL {
  if (!may(role, SEE_ADDRESSES)) return name;
  return sql`coalesce(${name}, nullif(split_part(${email}, '@', 1), ${email}))`;
}

/**
 * The same of who asks.
 *
 * @public for features
 */
export async function callerAsPerson(reads: Pick<Reads, "select">, reader: Reader): Promise<Person> {
  const { tenantId, principal, role } = reader;
  const { sub } = principal;
  if (!isUuid(sub)) return { sub, name: null, is_member: false };
  const whereOwn = and(eq(members.tenantId, tenantId), eq(members.sub, sub));
  const [row] = await reads
    .select({ name: members.name, email: members.email })
    .from(members)
    .where(whereOwn);
  const address = may(role, SEE_ADDRESSES) ? row?.email : undefined;
  return { sub, name: row?.name ?? localPart(address), is_member: row !== undefined };
}

/** What who asks calls themselves here; null while they have not said it, and where they are no member. */
export async function ownName({ tenantId, principal }: Reader): Promise<string | null> {
  const person = await readTenant(tenantId, (tx) =>
    callerAsPerson(tx, { tenantId, principal, role: "viewer" }),
  );
  return person.name;
}

/** What stands before the @ of an address; null of what is none. */
function localPart(address: string | undefined): string | null {
  return address?.includes("@") ? (address.split("@")[0] ?? null) : null;
}
