"use client";

import { useTranslations } from "next-intl";
import type { ErrorCode } from "@/lib/errors";
import type { Method } from "@/lib/operation";
import { type Asking, ask } from "./api-client";
import { errorWords } from "./words/error-words";
import { faultWords } from "./words/fault-words";

/** What to tell the person about a write that was refused, and which fields were wrong. */
export type Unwritten = { ok: false; code: string; message: string; fields: Record<string, string> };
export type Written<T = unknown> = { ok: true; answer: T } | Unwritten;

export type Write = <T = null>(
  method: Exclude<Method, "GET">,
  path: string,
  options?: Pick<Asking<T>, "body" | "version" | "read">,
) => Promise<Written<T>>;

/**
 * A function that writes through the API and words what is refused.
 *
 * @param words for refusals that mean something particular here, by their code.
 */
export function useWrite(words: Partial<Record<ErrorCode, string>> = {}): Write {
  const t = useTranslations("errors");
  const faultsIn = useTranslations("faults");
  return async (method, path, options) => {
    const answered = await ask(path, { method, ...options });
    if (answered.ok) return answered;
    const { code, faults } = answered;
    const message =
      code === "network" ? t("not_saved") : (words[code as ErrorCode] ?? errorWords(t, answered));
    const fields = Object.fromEntries(faults.map((fault) => [fault.field, faultWords(faultsIn, fault)]));
    return { ok: false, code, message, fields };
  };
}
