import type { createTranslator, Messages } from "next-intl";
import type { Words } from "./messages";

type ErrorKey = keyof Words["errors"];
export type ErrorTranslator = ReturnType<typeof createTranslator<Messages, "errors">>;

/** What NextAuth calls it, and what we do. */
const ALIASES: Record<string, ErrorKey> = {
  OAuthSignin: "cognito_unavailable",
  OAuthCallback: "other_page",
  Callback: "other_page",
};

/**
 * What an error code means to the person who met it.
 *
 * @param error the code, for some followed by a colon and what goes with it: the seconds to wait of `rate_limited`.
 */
export function errorWords(t: ErrorTranslator, error: string): string {
  const [given = "", detail = ""] = error.split(/:(.*)/s);
  const code = ALIASES[given] ?? given;
  if (code === "rate_limited") return t(code, { minutes: Math.max(1, Math.ceil(Number(detail) / 60)) || 1 });
  // Codes come from addresses too: what nobody knows, and what only looks like a path into the catalog, is unknown.
  return /^[a-z_]+$/.test(code) && t.has(code as ErrorKey)
    ? t(code as Exclude<ErrorKey, "rate_limited">)
    : t("unknown");
}
