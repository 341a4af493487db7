import type { AppError } from "../../errors";
import type { FieldError } from "../../field-error";

/** A refusal as pages put it into words: its code, and what goes with it where that is known. */
export type Told = {
  code: string;
  /** Seconds until it is worth trying again. */
  retryAfter?: number;
  /** What is wrong with the one field. */
  fault?: string;
};

/** What NextAuth calls it, and what the pages do. */
const OF_NEXT_AUTH: Record<string, string> = {
  OAuthSignin: "cognito_unavailable",
  OAuthCallback: "other_page",
  Callback: "other_page",
};

/**
 * A refusal as the value of `?error=`, which is all that NextAuth takes from a step to the page: `rate_limited:270`,
 * `password_rejected:password_short`.
 */
export function errorParameter({
  code,
  fields,
  retryAfter,
}: Pick<AppError, "code" | "fields" | "retryAfter">): string {
  const more: FieldError["code"] | number | undefined = fields?.[0]?.code ?? retryAfter;
  return more === undefined ? code : `${code}:${more}`;
}

/** The same read: also NextAuth's own errors, and whatever else somebody writes into an address. */
export function readErrorParameter(value: string): Told {
  const [given = "", more = ""] = value.split(":");
  const code = Object.hasOwn(OF_NEXT_AUTH, given) ? (OF_NEXT_AUTH[given] ?? given) : given;
  if (more === "") return { code };
  return /^\d+$/.test(more) ? { code, retryAfter: Number(more) } : { code, fault: more };
}
