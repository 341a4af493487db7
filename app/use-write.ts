"use client";

import { useTranslations } from "next-intl";
import type { ErrorCode } from "@/lib/errors";
import { ask } from "./ask";
import { errorWords } from "./words/error-words";
import { faultWords } from "./words/fault-words";

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

/**
 * A function that sends a write to the API as every other client does. It names whom this page shows what it shows,
 * and of which tenant: whoever has signed in as somebody else, or as an operator gone elsewhere, in another tab
 * meanwhile writes nothing as the wrong one or into the wrong one.
 *
 * @param words for refusals that mean something particular here, by their code.
 */
export function useWrite(words: Partial<Record<ErrorCode, string>> = {}): Write {
  const t = useTranslations("errors");
  const faultsIn = useTranslations("faults");
  return async (method, path, { body, version } = {}) => {
    const answered = await ask(path, {
      method,
      headers: {
        ...(body !== undefined && { "Content-Type": "application/json" }),
        ...(version !== undefined && { "If-Match": `"${version}"` }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (answered.ok) return { ok: true, answer: answered.body };
    const { code, error, faults } = answered;
    const message = code === "network" ? t("not_saved") : (words[code as ErrorCode] ?? errorWords(t, error));
    const fields = Object.fromEntries(faults.map((fault) => [fault.field, faultWords(faultsIn, fault)]));
    return { ok: false, code, message, fields };
  };
}
