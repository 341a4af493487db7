"use client";

import { useTranslations } from "next-intl";
import { HOME } from "@/lib/home";
import { Button } from "./ui/button";
import { CardPage } from "./ui/card-page";

/** The words for the codes that a person can tell apart; `digest` is the error code. */
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

export default function ErrorPage({
  error,
  retry,
}: {
  error: Error & { digest?: string };
  retry: () => void;
}) {
  const t = useTranslations("failure");
  const common = useTranslations("common");
  const known = Object.entries(FAILURES).find(([code]) => code === error.digest)?.[1];
  const [title, advice] = known ?? UNKNOWN;
  return (
    <CardPage title={t(title)}>
      <p className="text-sm text-muted">{t(advice)}</p>
      <div className="flex gap-3">
        <Button look="primary" onClick={retry}>
          {common("tryAgain")}
        </Button>
        <a
          href={HOME}
          className="inline-flex min-h-11 items-center px-2 text-sm font-medium text-accent underline"
        >
          {common("toHome")}
        </a>
      </div>
    </CardPage>
  );
}
