import type { TenantContext } from "../auth/tenancy/tenant";
import type { ExportItems, Item } from "./contract";
import { listItems } from "./list-items";

const COLUMNS = ["id", "name", "description", "owner_sub", "version", "created_at", "updated_at"] as const;
const PAGE = 1_000;
/** By it Excel takes the file for UTF-8. */
const BYTE_ORDER_MARK = "\uFEFF";

/**
 * The tenant's items as CSV (RFC 4180), newest first, a piece per page of rows: however many there are, no more than
 * one page is held at a time. A row added meanwhile may be missing, none comes twice.
 *
 * @throws AppError `database_unavailable`; the first piece also says whether there is a tenant to read at all.
 */
export async function* exportItems(tenant: TenantContext, query: ExportItems): AsyncGenerator<string> {
  let cursor: string | undefined;
  let head = BYTE_ORDER_MARK + lineOf([...COLUMNS]);
  do {
    const { rows, next } = await listItems(tenant, { ...query, limit: PAGE, cursor });
    yield head + rows.map((item) => lineOf(COLUMNS.map((column) => cellOf(item, column)))).join("");
    head = "";
    cursor = next ?? undefined;
  } while (cursor !== undefined);
}

/** Also full-width, and after what nobody sees: spreadsheets leave both out before they look. */
const FORMULA = /^[\s\p{Default_Ignorable_Code_Point}\p{Cc}]*[=+\-@＝＋－＠﹢﹣﹦﹫−]|^[\t\r\n]/u;

function cellOf(item: Item, column: (typeof COLUMNS)[number]): string {
  return String(item[column]);
}

function lineOf(cells: string[]): string {
  return `${cells.map(quoted).join(",")}\r\n`;
}

/**
 * A cell in quotes. One that a spreadsheet would take for a formula is put behind an apostrophe, which makes it text
 * (OWASP, CSV injection).
 */
function quoted(text: string): string {
  const harmless = FORMULA.test(text) ? `'${text}` : text;
  return `"${harmless.replaceAll('"', '""')}"`;
}
