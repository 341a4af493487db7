"use client";

import { type FailedPage, useFailureWords } from "./failure-words";
import { TryAgain } from "./try-again";
import { CardPage } from "./ui/card-page";

export default function ErrorPage({ error, retry }: FailedPage) {
  const { title, advice } = useFailureWords(error);
  return (
    <CardPage title={title}>
      <p className="text-sm text-muted">{advice}</p>
      <TryAgain retry={retry} />
    </CardPage>
  );
}
