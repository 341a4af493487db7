/** By it Excel takes a file for UTF-8. */
export const BYTE_ORDER_MARK = "\uFEFF";

/** Also full-width, and after what nobody sees: spreadsheets leave both out before they look. */
const FORMULA = /^[\s\p{Default_Ignorable_Code_Point}\p{Cc}]*[=+\-@＝＋－＠﹢﹣﹦﹫−]|^[\t\r\n]/u;

/** A line of a CSV file (RFC 4180), with its end. */
export function csvLine(cells: readonly string[]): string {
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
