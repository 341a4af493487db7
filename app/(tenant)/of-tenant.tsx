import type { ReactNode } from "react";
import { env } from "@/lib/env";
import { currentTenant } from "../current-tenant";
import { ShownTo } from "../shown-to";
import { clientWords, type Namespace } from "../words/client-words";
import { WordsAround } from "../words/words-around";

type Props = {
  /** The words that its scripts need besides those that are around it. */
  words?: readonly Namespace[];
  children: ReactNode;
};

/**
 * Around every page of a tenant, and around what they have in common: a page is fetched without that, and must say by
 * itself whose it is.
 */
export async function OfTenant({ words = [], children }: Props) {
  const { tenantId, principal } = await currentTenant();
  const shown = (
    <ShownTo sub={principal.sub} tenant={tenantId} tenantHeader={env().TENANT_HEADER}>
      {children}
    </ShownTo>
  );
  return words.length === 0 ? shown : <WordsAround {...(await clientWords(words))}>{shown}</WordsAround>;
}
