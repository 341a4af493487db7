import type { AuditEvent } from "@/lib/audit/contract";
import type { TenantContext } from "@/lib/auth/tenancy/tenant";
import { FEATURES } from "@/lib/features";
import { isFor } from "../is-for";

/** After these there is nothing left to look at. */
const GONE = /\.(deleted|removed|moved_out)$/;

/** Where the reader can look at what an entry is about; null where there is no such page for them. */
export function subjectAddress(
  { action, subject }: Pick<AuditEvent, "action" | "subject">,
  reader: Pick<TenantContext, "role" | "principal">,
): string | null {
  const feature = FEATURES.find(({ actions }) => actions.some((each) => each === action));
  if (!feature?.page || subject === null || GONE.test(action) || !isFor(reader, feature.page.needs))
    return null;
  const { hasRows, find } = feature.page;
  if (hasRows) return `/${feature.name}/${subject.id}`;
  const named = find && `{${find.shows}}`;
  if (!named || !find.href.endsWith(named)) return null;
  return find.href.replace(named, encodeURIComponent(subject.label));
}
