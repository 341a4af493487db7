import type { Problem } from "@/lib/http/problem";
import { wordsFor } from "./signin/refusal";

/** What became of a write: done, with the answer; or what to tell the person and which fields were wrong. */
export type Written =
  | { ok: true; answer: unknown }
  | { ok: false; message: string; fields: Record<string, string> };

/** Words for the refusals that a person can do something about. */
const WORDS: Record<string, string> = {
  precondition_failed: "Someone else changed this in the meantime. Close and look at it again.",
  not_found: "This does not exist any more.",
  tenant_mismatch: "You have signed in to another tenant meanwhile. Load this page again.",
};

/** The session is over, or was never there. */
const NEEDS_SIGN_IN = new Set(["missing_token", "invalid_token", "session_ended"]);

/**
 * Sends a write to the API as every other client does. It names the tenant that this page shows: whoever has signed in
 * as somebody else, or as an operator gone elsewhere, in another tab meanwhile writes nothing into the wrong one.
 * A session that ended leads to signing in and back here.
 */
export async function write(
  method: "POST" | "PUT" | "PATCH" | "DELETE",
  path: string,
  options: { body?: unknown; version?: number } = {},
): Promise<Written> {
  const response = await fetch(path, {
    method,
    headers: {
      ...shownTenant(),
      ...(options.body !== undefined && { "Content-Type": "application/json" }),
      ...(options.version !== undefined && { "If-Match": `"${options.version}"` }),
    },
    ...(options.body !== undefined && { body: JSON.stringify(options.body) }),
  }).catch(() => null);
  if (response?.ok) return { ok: true, answer: response.status === 204 ? null : await response.json() };
  if (!response) return refused("The server could not be reached. Nothing was saved; try again.");
  const problem: Partial<Problem> = await response.json().catch(() => ({}));
  const code = problem.code ?? "";
  if (NEEDS_SIGN_IN.has(code)) {
    const callbackUrl = window.location.pathname + window.location.search;
    window.location.assign(`/signin?${new URLSearchParams({ callbackUrl, error: "session_ended" })}`);
  }
  const fields = Object.fromEntries(problem.errors?.map(({ field, message }) => [field, message]) ?? []);
  if (code === "rate_limited" && problem.detail === undefined)
    return refused(wordsFor(`${code}:${response.headers.get("Retry-After")}`));
  const words = WORDS[code] ?? problem.detail ?? problem.title ?? "Something went wrong";
  return refused(words.replace(/([^.])$/, "$1."), fields);
}

/** The tenant header as the layout put it on the page; none where a page belongs to no tenant. */
function shownTenant(): Record<string, string> {
  const { content, dataset } = document.querySelector<HTMLMetaElement>('meta[name="tenant"]') ?? {};
  return content && dataset?.header ? { [dataset.header]: content } : {};
}

function refused(message: string, fields: Record<string, string> = {}): Written {
  return { ok: false, message, fields };
}
