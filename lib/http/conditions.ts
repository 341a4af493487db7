import { createHash } from "node:crypto";
import { ANY_VERSION, type Expected, isExpected } from "../db/expected-version";
import { AppError } from "../errors";
import { fieldError } from "../field-error";
import { type Answer, type JsonAnswer, json } from "./json";

/** One entity tag in a list, or a comma that separates nothing (RFC 9110, sections 5.6.1 and 8.8.3). */
const MEMBER = /\s*(?:(W\/)?"([\x21\x23-\x7e\x80-\xff]*)"\s*)?(?:,|$)/y;
const HELP =
  'Send the ETag as it came, such as "3". One that begins with W/, or ends in -gzip or the like, was changed by a proxy ' +
  "that compresses: ask without Accept-Encoding.";

type Tag = { isWeak: boolean; text: string; version: number | null };

/**
 * Which versions of a thing a request is about: `If-Match` and `If-None-Match` (RFC 9110, section 13.1), each one tag,
 * several, or `*`.
 *
 * @throws AppError `invalid_request` for an `If-None-Match` that is no list of entity tags; in `If-Match` it matches
 *   nothing.
 */
export function expectedVersion({ headers }: Request): Expected {
  const match = tagsOf(headers.get("if-match"));
  const noneMatch = tagsOf(headers.get("if-none-match"));
  if (noneMatch === "malformed") {
    const message = "must be a list of entity tags, or *";
    throw new AppError("invalid_request", { fields: [fieldError("If-None-Match", "malformed", message)] });
  }
  return {
    oneOf: match === null || match === "*" ? null : strong(match),
    noneOf: noneMatch === "*" ? ANY_VERSION : versionsOf(noneMatch ?? []),
    help: HELP,
  };
}

/**
 * Refuses to create something under a condition that does not hold. It is made in a list: that is there, so that
 * `If-None-Match: *` never holds, and it has no entity tag, so that `If-Match` of one never does.
 *
 * @throws AppError `precondition_failed`, `invalid_request` as expectedVersion.
 */
export function requireListExpected(request: Request): void {
  const { oneOf, noneOf } = expectedVersion(request);
  if (oneOf === null && noneOf !== ANY_VERSION) return;
  const detail = "A list is there always and has no ETag. To create something once, send an Idempotency-Key.";
  throw new AppError("precondition_failed", { detail });
}

/** The strong comparison: what was weakened on its way, or is no tag, is equal to nothing (section 8.8.3.2). */
function strong(tags: Tag[] | "malformed"): number[] {
  return tags === "malformed" ? [] : versionsOf(tags.filter(({ isWeak }) => !isWeak));
}

/** What has a version, and may show people, who can change their names without it. */
type Versioned = { version: number };

/**
 * A JSON answer that carries its version as ETag.
 *
 * @public for features
 */
export function versioned(
  body: Versioned,
  init: { status?: number; headers?: HeadersInit } = {},
): JsonAnswer {
  const answer = json(body, init);
  answer.headers.set("ETag", `"${tagOf(body)}"`);
  return answer;
}

/**
 * The same for a read, which `If-None-Match` makes a 304 without a body where the caller has this answer already.
 *
 * @throws AppError `precondition_failed` for `If-Match` of another version, `invalid_request` as expectedVersion.
 */
export function versionedRead(request: Request, body: Versioned): Answer {
  const { oneOf } = expectedVersion(request);
  if (!isExpected(body.version, { oneOf, noneOf: [] }))
    throw new AppError("precondition_failed", { detail: HELP });
  const known = tagsOf(request.headers.get("if-none-match"));
  const isKnown = known === "*" || (Array.isArray(known) && known.some(({ text }) => text === tagOf(body)));
  return isKnown
    ? new Response(null, { status: 304, headers: { ETag: `"${tagOf(body)}"` } })
    : versioned(body);
}

/** The version; behind it, what else of the answer may change: a strong tag stands for all of it (section 8.8.1). */
function tagOf(body: Versioned): string {
  const people = peopleIn(body);
  if (people.every((each) => each === "")) return String(body.version);
  const digest = createHash("sha256").update(people.join("\n")).digest("base64url");
  return `${body.version}.${digest.slice(0, 8)}`;
}

/** What people are called in an answer, in its order, and which of them can do nothing any more. */
function peopleIn(answer: object): string[] {
  return Object.values(answer).flatMap((each: unknown) => {
    if (typeof each !== "object" || each === null) return [];
    const { name, is_member, is_active } = each as Record<string, unknown>;
    const called = is_member === undefined ? [] : [String(name ?? "")];
    return [...called, ...(is_active === false ? ["inactive"] : []), ...peopleIn(each)];
  });
}

function tagsOf(header: string | null): Tag[] | "*" | "malformed" | null {
  if (header === null || header.trim() === "*") return header === null ? null : "*";
  const tags: Tag[] = [];
  MEMBER.lastIndex = 0;
  while (MEMBER.lastIndex < header.length) {
    const found = MEMBER.exec(header);
    if (!found) return "malformed";
    const [, weak, tag] = found;
    if (tag !== undefined) tags.push({ isWeak: weak !== undefined, text: tag, version: versionOf(tag) });
  }
  return tags.length > 0 ? tags : "malformed";
}

/** Null for a tag that is none of ours: it stands for no version there is. */
function versionOf(tag: string): number | null {
  const version = /^([1-9]\d{0,8})(?:\.[\w-]{8})?$/.exec(tag)?.[1];
  return version === undefined ? null : Number(version);
}

function versionsOf(tags: Tag[]): number[] {
  return tags.flatMap(({ version }) => version ?? []);
}
