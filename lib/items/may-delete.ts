import type { TenantContext } from "../auth/tenancy/tenant";
import { may } from "../roles";
import { DELETE_ANY_ITEM } from "./permissions";

/** Whether somebody may delete an item and put it back: one's own, or anyone's as an administrator. */
export function mayDelete({ principal, role }: TenantContext, item: { ownerSub: string }): boolean {
  return item.ownerSub === principal.sub || may(role, DELETE_ANY_ITEM);
}
