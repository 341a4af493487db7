"use client";

import { type FailedPage, useFailureWords } from "../failure-words";
import { TryAgain } from "../try-again";

/** A page that failed within the frame, which stays and leads on. */
export default function ErrorPage({ error, retry }: FailedPage) {
  const { title, advice } = useFailureWords(error);
  return (
    <>
      <h1 className="text-2xl font-semibold">{title}</h1>
      <p className="text-muted">{advice}</p>
      <TryAgain retry={retry} />
    </>
  );
}
