"use client";

import { Button } from "./ui/button";
import { CardPage } from "./ui/card-page";

/** What went wrong, for the codes that a person can tell apart; `digest` is the error code. */
const WORDS: Record<string, [title: string, advice: string]> = {
  cognito_unavailable: [
    "Signing in is not possible at the moment",
    "You are still signed in. Try again in a minute.",
  ],
  keys_unavailable: [
    "Signing in is not possible at the moment",
    "You are still signed in. Try again in a minute.",
  ],
  database_unavailable: ["The database is not available", "Nothing was lost. Try again in a moment."],
  invalid_request: ["This address is not valid", "It may be mistyped, or too old."],
};
const UNKNOWN = [
  "Something went wrong on our side",
  "Try again; if it happens again, tell your administrator.",
] as const;

export default function ErrorPage({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  const [title, advice] = WORDS[error.digest ?? ""] ?? UNKNOWN;
  return (
    <CardPage title={title}>
      <p className="text-sm text-muted">{advice}</p>
      <div className="flex gap-3">
        <Button look="primary" onClick={reset}>
          Try again
        </Button>
        <a
          href="/items"
          className="inline-flex min-h-11 items-center px-2 text-sm font-medium text-accent underline"
        >
          To your items
        </a>
      </div>
    </CardPage>
  );
}
