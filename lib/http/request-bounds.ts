import type { IncomingMessage } from "node:http";
import { AppError } from "../errors";

/**
 * How much of everything a request may bring. Next and the standard library take these apart before any code of ours
 * runs, some of it in time that grows with the square of their number. No page or client of ours comes near them.
 */
export const LIMITS = {
  /** The request line and all header fields together (bytes); Node counts them. */
  headBytes: 16 * 1024,
  /** The address (bytes): 216 kana in a search take 2 KB. */
  urlBytes: 8 * 1024,
  parameters: 100,
  segments: 50,
  fields: 100,
  cookies: 100,
  /** A body, whatever it is (bytes). */
  bodyBytes: 64 * 1024,
  /** Each piece of a body costs a call, however small: in pieces of a byte it would cost as much as megabytes. */
  bodyPieces: 1_000,
  /** Members of any field that is a list, such as languages or entity tags. */
  members: 100,
} as const;

const SEGMENT = /\/|\\|%2f|%5c/gi;

/**
 * Refuses a request with too much of anything.
 *
 * @throws AppError `uri_too_long` (RFC 9110 section 15.5.15), `header_fields_too_large` (RFC 6585 section 5).
 */
export function requireWithinBounds({
  url = "",
  rawHeaders,
}: Pick<IncomingMessage, "url" | "rawHeaders">): void {
  const tooLong = (detail: string) => new AppError("uri_too_long", { detail });
  if (url.length > LIMITS.urlBytes) throw tooLong(`At most ${LIMITS.urlBytes / 1024} KB.`);
  const end = url.search(/[?#]/);
  const [path, query] = end === -1 ? [url, ""] : [url.slice(0, end), url.slice(end + 1)];
  if (countOf(path, SEGMENT) > LIMITS.segments) throw tooLong(`At most ${LIMITS.segments} segments.`);
  if (countOf(query, /&/g) >= LIMITS.parameters) throw tooLong(`At most ${LIMITS.parameters} parameters.`);

  const tooLarge = (detail: string) => new AppError("header_fields_too_large", { detail });
  if (rawHeaders.length / 2 > LIMITS.fields) throw tooLarge(`At most ${LIMITS.fields} fields.`);
  let cookies = 0;
  const members = new Map<string, number>();
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = (rawHeaders[at] ?? "").toLowerCase();
    const value = rawHeaders[at + 1] ?? "";
    if (name === "cookie") cookies += 1 + countOf(value, /;/g);
    else members.set(name, (members.get(name) ?? 0) + 1 + countOf(value, /[,;]/g));
  }
  if (cookies > LIMITS.cookies) throw tooLarge(`At most ${LIMITS.cookies} cookies.`);
  for (const [name, count] of members) {
    if (count > LIMITS.members) throw tooLarge(`At most ${LIMITS.members} members in ${name}.`);
  }
}

/** What refuses a body that is larger than LIMITS has it. */
export function bodyTooLarge(): AppError {
  return new AppError("payload_too_large", { detail: `The limit is ${LIMITS.bodyBytes / 1024} KB.` });
}

function countOf(text: string, what: RegExp): number {
  return text.match(what)?.length ?? 0;
}
