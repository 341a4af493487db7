import type { TenantContext } from "../auth/tenancy/tenant";
import type { HomePart } from "../feature";
import { oddSignIns } from "./odd-sign-ins";

/** Sign-ins of others that are odd; nothing where none is. */
export async function homeParts(tenant: TenantContext, most: number): Promise<HomePart[]> {
  const signIns = await oddSignIns(tenant, most);
  if (signIns.length === 0) return [];
  const lines = signIns.map(({ id, person, address, at }) => ({
    id,
    text: address,
    ...(person && { person }),
    note: "oddSignIn",
    href: `/audit?${new URLSearchParams({ actor: person?.sub ?? address })}`,
    at,
  }));
  const more = { href: "/audit?action=sign_in", label: "allSignIns" };
  const count = lines.length;
  return [{ kind: "attention", title: "oddSignIns", count, isUrgent: true, more, none: "oddSignIns", lines }];
}
