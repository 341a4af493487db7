"use client";

import { useTranslations } from "next-intl";

/** The words for the codes that a person can tell apart. */
const FAILURES = {
  cognito_unavailable: ["signInTitle", "signIn"],
  keys_unavailable: ["signInTitle", "signIn"],
  database_unavailable: ["databaseTitle", "database"],
  invalid_request: ["addressTitle", "address"],
  invalid_tenant: ["addressTitle", "address"],
  forbidden: ["forbiddenTitle", "forbidden"],
  rate_limited: ["busyTitle", "busy"],
} as const;
const UNKNOWN = ["unknownTitle", "unknown"] as const;

/** What Next hands to a page in place of one that failed. */
export type FailedPage = { error: Error & { digest?: string }; retry: () => void };

/** What to say of a page that failed. `digest` is the error code. */
export function useFailureWords({ digest }: FailedPage["error"]): { title: string; advice: string } {
  const t = useTranslations("failure");
  const [title, advice] = Object.entries(FAILURES).find(([code]) => code === digest)?.[1] ?? UNKNOWN;
  return { title: t(title), advice: t(advice) };
}
