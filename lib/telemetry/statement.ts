/**
 * What statements of SQL that are sent together are called in the metrics: the verb and the first table of the first one
 * that names a table. A verb alone stands for the rest, such as `commit`.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/database/database-spans/ `db.query.summary`
 */
export function flightName(texts: string[]): string {
  for (const text of texts) {
    const table = /\b(?:from|into|update)\s+"?([a-z_]{1,63})\b/i.exec(outerPart(text))?.[1];
    if (table !== undefined) return `${verbOf(text)} ${table.toLowerCase()}`;
  }
  return verbOf(texts.at(-1) ?? "");
}

/** Without what stands in parentheses: a field may be looked up in another table. */
function outerPart(text: string): string {
  const less = text.replace(/\([^()]*\)/g, "");
  return less === text ? text : outerPart(less);
}

function verbOf(text: string): string {
  return /^\s*([a-z]{3,10})\b/i.exec(text)?.[1]?.toLowerCase() ?? "other";
}
