import { BYTE_ORDER_MARK, csvLine } from "../csv";
import type { AuditEvent, ExportAudit } from "./contract";
import { listAudit } from "./list-audit";

const COLUMNS = {
  created_at: ({ created_at }) => created_at,
  action: ({ action }) => action,
  outcome: ({ outcome }) => outcome,
  actor_sub: ({ actor }) => actor?.sub ?? "",
  actor_name: ({ actor }) => actor?.name ?? "",
  actor_display_name: ({ actor }) => actor?.display_name ?? "",
  actor_role: ({ actor }) => actor?.role ?? "",
  subject_id: ({ subject }) => subject?.id ?? "",
  subject_label: ({ subject }) => subject?.label ?? "",
  detail: ({ detail }) => JSON.stringify(detail),
  address: ({ address }) => address ?? "",
  id: ({ id }) => id,
} satisfies Record<string, (event: AuditEvent) => string>;
const PAGE = 1_000;

/**
 * What was done in the tenant as CSV (RFC 4180), newest first and filtered where asked, a piece per page of entries:
 * however many there are, no more than one page is held at a time.
 *
 * @throws AppError `database_unavailable`; the first piece also says whether there is a tenant to read at all.
 */
export async function* exportAudit(tenant: { tenantId: string }, query: ExportAudit): AsyncGenerator<string> {
  let cursor: string | undefined;
  let head = BYTE_ORDER_MARK + csvLine(Object.keys(COLUMNS));
  do {
    const { rows, next } = await listAudit(tenant, { ...query, limit: PAGE, cursor });
    yield head + rows.map((event) => csvLine(Object.values(COLUMNS).map((of) => of(event)))).join("");
    head = "";
    cursor = next ?? undefined;
  } while (cursor !== undefined);
}

/** A name that says what is in the file: whose, of which action and outcome, and from when until when. */
export function auditFileName(
  tenantId: string,
  { action, outcome, from, to }: ExportAudit,
  now: Date,
): string {
  const until = (to ?? now.toISOString()).slice(0, "yyyy-mm-dd".length);
  const days = from === undefined ? `until-${until}` : `${from.slice(0, "yyyy-mm-dd".length)}-to-${until}`;
  const parts = ["audit", tenantId, action?.replace(".", "-"), outcome, days];
  return `${parts.filter(Boolean).join("-")}.csv`;
}
