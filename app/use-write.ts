"use client";

import { useTranslations } from "next-intl";
import type { ErrorCode } from "@/lib/errors";
import type { Problem } from "@/lib/http/problem";
import { errorWords } from "./words/error-words";
import { fieldFault } from "./words/field-fault";

/** What became of a write: done, with the answer; or what to tell the person and which fields were wrong. */
export type Written =
  | { ok: true; answer: unknown }
  | { ok: false; code: string; message: string; fields: Record<string, string> };

type Method = "POST" | "PUT" | "PATCH" | "DELETE";
export type Write = (
  method: Method,
  path: string,
  options?: { body?: unknown; version?: number },
) => Promise<Written>;

/** The session is over, or was never there. */
const NEEDS_SIGN_IN = new Set(["missing_token", "invalid_token", "session_ended"]);

/**
 * A function that sends a write to the API as every other client does. It names the tenant that this page shows:
 * whoever has signed in as somebody else, or as an operator gone elsewhere, in another tab meanwhile writes nothing
 * into the wrong one. A session that ended leads to signing in and back here.
 *
 * @param words for refusals that mean something particular here, by their code.
 */
export function useWrite(words: Partial<Record<ErrorCode, string>> = {}): Write {
  const t = useTranslations("errors");
  const faults = useTranslations("faults");
  return async (method, path, options = {}) => {
    const response = await send(method, path, options);
    if (response?.ok) return { ok: true, answer: response.status === 204 ? null : await response.json() };
    if (!response) return { ok: false, code: "network", message: t("not_saved"), fields: {} };
    const problem: Partial<Problem> = await response.json().catch(() => ({}));
    const code = problem.code ?? "";
    if (NEEDS_SIGN_IN.has(code)) leaveToSignIn();
    const fields = Object.fromEntries(
      problem.errors?.map(({ field, message }) => [field, faults(fieldFault(message))]) ?? [],
    );
    const message =
      words[code as ErrorCode] ?? errorWords(t, `${code}:${response.headers.get("Retry-After") ?? ""}`);
    return { ok: false, code, message, fields };
  };
}

/** Null when no answer came. */
function send(method: Method, path: string, options: { body?: unknown; version?: number }) {
  return fetch(path, {
    method,
    headers: {
      ...shownTenant(),
      ...(options.body !== undefined && { "Content-Type": "application/json" }),
      ...(options.version !== undefined && { "If-Match": `"${options.version}"` }),
    },
    ...(options.body !== undefined && { body: JSON.stringify(options.body) }),
  }).catch(() => null);
}

/** Goes to sign in, and back to this address. */
export function leaveToSignIn(): void {
  const callbackUrl = window.location.pathname + window.location.search;
  window.location.assign(`/signin?${new URLSearchParams({ callbackUrl, error: "session_ended" })}`);
}

/** The tenant header as the layout put it on the page; none where a page belongs to no tenant. */
export function shownTenant(): Record<string, string> {
  const { content, dataset } = document.querySelector<HTMLMetaElement>('meta[name="tenant"]') ?? {};
  return content && dataset?.header ? { [dataset.header]: content } : {};
}
