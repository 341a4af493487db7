/**
 * What a search compares, for a page that has the rows already: what `search_key` makes of a text in the database (NFKC
 * and case folded, ς as σ, İ as i).
 */
export function searchKeyOf(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .toUpperCase()
    .toLowerCase()
    .replaceAll("ς", "σ")
    .replaceAll("i\u0307", "i")
    .normalize("NFKC");
}
