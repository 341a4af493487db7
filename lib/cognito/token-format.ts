const MAX_BYTES = 8 * 1024;
const COMPACT = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/;
/** Cognito's key ids are standard base64 of a hash. */
const KEY_ID = /^[A-Za-z0-9+/=_-]{1,128}$/;
const HEADER_FIELDS = new Set(["alg", "kid", "typ"]);

/**
 * Why a string is not a token that is worth verifying, or null when it may be one.
 *
 * Runs before anything is fetched or any signature is computed. Only the header shape that Cognito writes is let
 * through: whatever would make a verifier look elsewhere for the key or skip a check (`jku`, `x5u`, `jwk`, `crit`,
 * `alg`) is refused by not being on the list (RFC 8725 sections 3.1 and 3.10).
 */
export function formatFault(token: string): string | null {
  if (token.length > MAX_BYTES) return "larger than 8 KB";
  if (!COMPACT.test(token)) return "not three base64url parts";
  const [header, payload] = token.split(".").map(decode);
  if (!header || !payload) return "header or payload is not a JSON object with unique names";
  const extra = Object.keys(header).filter((name) => !HEADER_FIELDS.has(name));
  if (extra.length > 0) return `header field not allowed: ${extra.join(", ")}`;
  if (header.alg !== "RS256") return "algorithm is not RS256";
  if (header.typ !== undefined && header.typ !== "JWT") return "typ is not JWT";
  if (typeof header.kid !== "string" || !KEY_ID.test(header.kid)) return "kid is missing or malformed";
  return null;
}

function decode(part: string | undefined): Record<string, unknown> | null {
  const json = Buffer.from(part ?? "", "base64url").toString("utf8");
  try {
    const value: unknown = JSON.parse(json);
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject && hasUniqueNames(json, value) ? (value as Record<string, unknown>) : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/**
 * JSON.parse keeps the last of two equal names, other parsers the first: a token that says two tenants would mean
 * one here and another elsewhere (RFC 7519 section 4). Names written are counted against names that survived.
 */
function hasUniqueNames(json: string, value: unknown): boolean {
  const strings = json.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?/g);
  const written = [...strings].filter(([, colon]) => colon).length;
  return written === countNames(value);
}

/** A loop, because 8 KB nest deeper than the stack may be left to go. */
function countNames(value: unknown): number {
  let count = 0;
  const left = [value];
  while (left.length > 0) {
    const each = left.pop();
    if (typeof each !== "object" || each === null) continue;
    if (!Array.isArray(each)) count += Object.keys(each).filter((name) => name !== "__proto__").length;
    left.push(...Object.values(each));
  }
  return count;
}
