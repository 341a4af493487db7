import type { TenantContext } from "../auth/tenancy/tenant";
import type { HomePart } from "../feature";
import { may } from "../roles";
import { pendingInvitations } from "./pending-invitations";
import { READ_MEMBERS } from "./permissions";

/** Who was invited and has not come in yet, for those who may see members. */
export async function homeParts(tenant: TenantContext, most: number): Promise<HomePart[]> {
  if (!may(tenant.role, READ_MEMBERS)) return [];
  const { invited, newest } = await pendingInvitations(tenant, most);
  const lines = newest.map(({ id, name, email, created_at }) => ({
    id,
    text: name ?? email,
    note: "invited",
    at: created_at,
  }));
  const more = { href: "/members?status=invited", label: "allInvitations" };
  return [{ kind: "attention", title: "invitations", count: invited, more, none: "noInvitations", lines }];
}
