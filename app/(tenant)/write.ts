import type { Problem } from "@/lib/http/problem";

/** What became of a write: done, or what to tell the person and which fields were wrong. */
export type Written = { ok: true } | { ok: false; message: string; fields: Record<string, string> };

/** Words for the refusals that a person can do something about. */
const WORDS: Record<string, string> = {
  precondition_failed: "Someone else changed this in the meantime. Close and look at it again.",
  not_found: "This does not exist any more.",
};

/** Sends a write to the API as every other client does. A session that ended leads to signing in and back here. */
export async function write(
  method: "POST" | "PATCH" | "DELETE",
  path: string,
  options: { body?: unknown; version?: number } = {},
): Promise<Written> {
  const response = await fetch(path, {
    method,
    headers: {
      ...(options.body !== undefined && { "Content-Type": "application/json" }),
      ...(options.version !== undefined && { "If-Match": `"${options.version}"` }),
    },
    ...(options.body !== undefined && { body: JSON.stringify(options.body) }),
  }).catch(() => null);
  if (response?.ok) return { ok: true };
  if (!response) return refused("The server could not be reached. Nothing was saved; try again.");
  if (response.status === 401) {
    const callbackUrl = window.location.pathname + window.location.search;
    window.location.assign(`/signin?${new URLSearchParams({ callbackUrl, error: "session_ended" })}`);
  }
  const problem: Partial<Problem> = await response.json().catch(() => ({}));
  const fields = Object.fromEntries(problem.errors?.map(({ field, message }) => [field, message]) ?? []);
  const words = WORDS[problem.code ?? ""] ?? problem.detail ?? problem.title ?? "Something went wrong";
  return refused(words.replace(/([^.])$/, "$1."), fields);
}

function refused(message: string, fields: Record<string, string> = {}): Written {
  return { ok: false, message, fields };
}
