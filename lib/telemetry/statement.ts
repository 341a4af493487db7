import { RecentMap } from "../recent-map";

/** Of texts: the same come again and again, and most are long. */
const names = new RecentMap<string>(500);

/**
 * What statements of SQL that are sent together are called in the metrics: the verb and the first table of the first one
 * that names a table. A verb alone stands for the rest, such as `commit`.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/database/database-spans/ `db.query.summary`
 */
export function flightName(texts: string[]): string {
  let name = "other";
  for (const text of texts) {
    name = nameOf(text);
    if (name.includes(" ")) break;
  }
  return name;
}

function nameOf(text: string): string {
  const known = names.get(text);
  if (known !== undefined) return known;
  const table = /\b(?:from|into|update)\s+"?([a-z_]{1,63})\b/i.exec(outerPart(text))?.[1];
  const verb = /^\s*([a-z]{3,10})\b/i.exec(text)?.[1]?.toLowerCase() ?? "other";
  const name = table === undefined ? verb : `${verb} ${table.toLowerCase()}`;
  names.keep(text, name);
  return name;
}

/** Without what stands in parentheses: a field may be looked up in another table. */
function outerPart(text: string): string {
  const less = text.replace(/\([^()]*\)/g, "");
  return less === text ? text : outerPart(less);
}
