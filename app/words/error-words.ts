import type { createTranslator, Messages } from "next-intl";
import type { Told } from "@/lib/auth/sign-in/error-parameter";
import { hasWords } from "./has-words";
import type { Words } from "./messages";

type ErrorKey = keyof Words["errors"];
export type ErrorTranslator = ReturnType<typeof createTranslator<Messages, "errors">>;

/** What a refusal means to the person who met it. */
export function errorWords(t: ErrorTranslator, { code, retryAfter = 0 }: Omit<Told, "fault">): string {
  if (code === "rate_limited") return t(code, { minutes: Math.max(1, Math.ceil(retryAfter / 60)) });
  // Codes come from addresses too: what nobody knows, and what only looks like a path into the catalog, is unknown.
  return /^[a-z_]+$/.test(code) && hasWords(t, code as ErrorKey)
    ? t(code as Exclude<ErrorKey, "rate_limited">)
    : t("unknown");
}
