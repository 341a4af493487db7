import type { TenantContext } from "../auth/tenancy/tenant";
import { BYTE_ORDER_MARK, csvLine } from "../csv";
import type { ExportItems, Item } from "./contract";
import { listItems } from "./list-items";

const FIELDS = ["id", "name", "description", "owner_sub", "version", "created_at", "updated_at"] as const;
const PAGE = 1_000;

/**
 * The tenant's items as CSV (RFC 4180), newest first, a piece per page of rows: however many there are, no more than
 * one page is held at a time. A row added meanwhile may be missing, none comes twice.
 *
 * @throws AppError `database_unavailable`; the first piece also says whether there is a tenant to read at all.
 */
export async function* exportItems(tenant: TenantContext, query: ExportItems): AsyncGenerator<string> {
  let cursor: string | undefined;
  let head = BYTE_ORDER_MARK + csvLine([...FIELDS, "owner"]);
  do {
    const { rows, next } = await listItems(tenant, { ...query, limit: PAGE, cursor });
    yield head + rows.map(lineOf).join("");
    head = "";
    cursor = next ?? undefined;
  } while (cursor !== undefined);
}

function lineOf(item: Item): string {
  return csvLine([...FIELDS.map((field) => String(item[field])), item.owner.name ?? ""]);
}
