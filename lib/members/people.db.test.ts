import { expect, test } from "vitest";
import { newPoolUser } from "../../infra/local/testing/cognito-user";
import { provideCognito } from "../../infra/local/testing/provide-cognito";
import { makeTenant } from "../../infra/local/testing/tenant";
import type { TenantContext } from "../auth/tenancy/tenant";
import { memberDirectories, members } from "../db/schema";
import { withTenant } from "../db/with-tenant";
import { MEMBER_ORDERS } from "./contract";
import { invitationEnds } from "./invitation-end";
import { inviteMember } from "./invite-member";
import { listMembers } from "./list-members";
import { noteSecondStep } from "./note-second-step";
import { readDirectory } from "./read-directory";
import { resendInvitation } from "./reset-member";

const cognito = await provideCognito();
const DAY_MS = 24 * 60 * 60_000;

async function makeAdmin() {
  const { tenantId } = makeTenant();
  const { id } = await newPoolUser(cognito, tenantId, { groups: ["admin"] });
  return makeTenant({ tenantId, sub: id, groups: ["admin"] });
}

test("an invitation says what somebody is called, also at Cognito, and they are found by it", async () => {
  const admin = await makeAdmin();
  const email = `${admin.tenantId}@people.example`;
  const invited = await inviteMember(admin, { email, name: "Zoë Ito", role: "member" });
  expect(invited).toMatchObject({ name: "Zoë Ito", has_second_step: false });
  await readDirectory(admin);
  const { rows } = await listMembers(admin, { limit: 10, q: "ZOË" });
  expect(rows).toMatchObject([{ id: invited.id, name: "Zoë Ito" }]);
});

test("an invitation ends as long after it was mailed last as a temporary password works", async () => {
  const admin = await makeAdmin();
  const email = `${admin.tenantId}@people.example`;
  const first = await inviteMember(admin, { email, role: "member" });
  const again = await resendInvitation(admin, first.id);
  expect(Date.parse(again.invited_at ?? "")).toBeGreaterThan(Date.parse(first.invited_at ?? ""));
  const ends = await invitationEnds([again, { ...again, id: "somebody", status: "active" }]);
  const end = new Date(Date.parse(again.invited_at ?? "") + 7 * DAY_MS).toISOString();
  expect([...ends]).toEqual([[again.id, end]]);
});

test("whether a second step is on is asked once where nobody has, and anew when it was changed", async () => {
  const admin = await makeAdmin();
  await readDirectory(admin);
  const known = async () => (await listMembers(admin, { limit: 10 })).rows[0]?.has_second_step;
  expect(await known()).toBeNull();
  await noteSecondStep(admin.principal, "unknown");
  expect(await known()).toBe(false);
  cognito.calls.length = 0;
  await noteSecondStep(admin.principal, "unknown");
  expect(cognito.calls).toEqual([]);
  await noteSecondStep(admin.principal, "changed");
  expect(cognito.calls).toEqual(["AdminGetUser"]);
});

/** Members with these names, the first one the newest account; each signed in at another time, some never. */
async function listed(names: (string | null)[]): Promise<TenantContext> {
  const tenant = makeTenant({ groups: ["admin"] });
  const { tenantId } = tenant;
  const at = (days: number) => new Date(Date.UTC(2026, 0, 1) - days * DAY_MS);
  await withTenant(tenantId, async (tx) => {
    await tx.insert(memberDirectories).values({ tenantId, readAt: new Date() });
    await tx.insert(members).values(
      names.map((name, index) => ({
        tenantId,
        sub: crypto.randomUUID(),
        username: `u${index}`,
        email: `m${index}@people.example`,
        name,
        role: "member" as const,
        isOperator: false,
        status: "active" as const,
        createdAt: at(index),
        updatedAt: at(0),
        lastSignInAt: index % 2 === 0 ? at(10 - index) : null,
      })),
    );
  });
  return tenant;
}

test.each([
  ["name", ["Alice", null, null, "Yuki", "yuki", "Zoe"]],
  ["last_sign_in", ["yuki", "Yuki", "Zoe"]],
] as const)("in order of %s each member comes once, whatever the pages", async (sort, wanted) => {
  const tenant = await listed(["Zoe", null, "Yuki", "Alice", "yuki", null]);
  for (const limit of [1, 2, 100]) {
    const seen: (string | null)[] = [];
    const ids = new Set<string>();
    let cursor: string | undefined;
    do {
      const { rows, next } = await listMembers(tenant, { limit, sort, cursor });
      seen.push(...rows.map(({ name }) => name));
      for (const { id } of rows) ids.add(id);
      cursor = next ?? undefined;
    } while (cursor !== undefined);
    expect(ids.size).toBe(6);
    const fold = (name: string | null) => name?.toLowerCase();
    expect(seen.slice(0, wanted.length).map(fold)).toEqual(wanted.map(fold));
  }
});

test.each(MEMBER_ORDERS)("a cursor of another order is none of the list by %s", async (sort) => {
  const tenant = await listed(["A", "B"]);
  const { next } = await listMembers(tenant, { limit: 1 });
  const asked = listMembers(tenant, { limit: 1, sort, cursor: next ?? "" });
  await expect(asked).rejects.toMatchObject({ code: "invalid_request" });
});
