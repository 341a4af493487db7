import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { makeTenant } from "../../../infra/local/testing/tenant";
import { recordAuditApart } from "../../audit/record";
import { auditEvents, members } from "../../db/schema";
import { readTenant, withTenant } from "../../db/with-tenant";
import { callerAsPerson, personIn } from "./person";
import type { TenantContext } from "./tenant";

const REMOVED = { name: null, is_member: false };

/** Lists the caller as a member, and has something on record that they did. */
async function listed(tenant: TenantContext, row: { name?: string; email?: string } = {}): Promise<void> {
  const { tenantId, principal } = tenant;
  const now = new Date();
  const given = { username: principal.sub, email: "yuki@acme.example", role: "member" as const, ...row };
  const dates = { createdAt: now, updatedAt: now };
  const member = { tenantId, sub: principal.sub, isOperator: false, status: "active" as const };
  await withTenant(tenantId, (tx) => tx.insert(members).values({ ...member, ...given, ...dates }));
}

/** How the one who did something there is shown to a reader. */
async function shown(reader: TenantContext) {
  const rows = await readTenant(reader.tenantId, (tx) =>
    tx
      .select({ person: personIn(reader, auditEvents.actorSub) })
      .from(auditEvents)
      .where(eq(auditEvents.tenantId, reader.tenantId)),
  );
  return rows[0]?.person;
}

async function did(tenant: TenantContext): Promise<void> {
  await recordAuditApart(tenant, { action: "item.created" });
}
const reading = (groups: string[], { tenantId }: TenantContext) => makeTenant({ tenantId, groups });

test("who has said their name is called by it, whoever looks", async () => {
  const tenant = makeTenant();
  const { sub } = tenant.principal;
  await listed(tenant, { name: "Yuki Tanaka" });
  await did(tenant);
  const yuki = { sub, name: "Yuki Tanaka", is_member: true };
  for (const group of ["viewer", "member", "admin"])
    expect(await shown(reading([group], tenant))).toEqual(yuki);
  expect(await readTenant(tenant.tenantId, (tx) => callerAsPerson(tx, tenant))).toEqual(yuki);
});

test("of who has not, those who see members are shown the first part of the address, and nobody else", async () => {
  const tenant = makeTenant({ groups: ["admin"] });
  await listed(tenant);
  await did(tenant);
  expect(await shown(reading(["admin"], tenant))).toMatchObject({ name: "yuki", is_member: true });
  expect(await readTenant(tenant.tenantId, (tx) => callerAsPerson(tx, tenant))).toMatchObject({
    name: "yuki",
  });
  for (const group of ["viewer", "member"])
    expect(await shown(reading([group], tenant))).toMatchObject({ name: null, is_member: true });
});

test("a username in the place of an address is no name", async () => {
  const tenant = makeTenant();
  await listed(tenant, { email: tenant.principal.sub });
  await did(tenant);
  expect(await shown(reading(["admin"], tenant))).toMatchObject({ name: null, is_member: true });
});

test.each([randomUUID(), "no uuid", "", "01900000-0000-7000-8000-00000000000g"])(
  "who is not on the list of members, such as %j, is none",
  async (sub) => {
    const tenant = makeTenant({ sub });
    await did(tenant);
    expect(await shown(reading(["admin"], tenant))).toEqual({ sub, ...REMOVED });
    expect(await readTenant(tenant.tenantId, (tx) => callerAsPerson(tx, tenant))).toEqual({
      sub,
      ...REMOVED,
    });
  },
);

test("a member of another tenant is nobody here", async () => {
  const theirs = makeTenant();
  await listed(theirs, { name: "Carol" });
  const ours = makeTenant({ sub: theirs.principal.sub });
  await did(ours);
  expect(await shown(reading(["admin"], ours))).toEqual({ sub: theirs.principal.sub, ...REMOVED });
});

test("where nobody did it, there is no person", async () => {
  const tenant = makeTenant();
  await recordAuditApart({ ...tenant, principal: null, role: null }, { action: "sign_in.refused" });
  expect(await shown(tenant)).toBeNull();
});
