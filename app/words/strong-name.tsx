import type { ReactNode } from "react";

/** A name inside a sentence, whichever way its letters run. */
export function strongName(name: ReactNode) {
  return (
    <strong className="wrap-anywhere text-ink">
      <bdi>{name}</bdi>
    </strong>
  );
}
