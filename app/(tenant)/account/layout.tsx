import { headers } from "next/headers";
import type { ReactNode } from "react";
import { ownFactors } from "./own-factors";
import { ownPasskeys } from "./own-passkeys";

/**
 * A document waits for Cognito before anything of it is sent, so that it can still answer 503. What the router fetches
 * has no status that counts, and shows the page's outline meanwhile.
 */
export default async function AccountLayout({ children }: { children: ReactNode }) {
  const destination = (await headers()).get("sec-fetch-dest") ?? "document";
  if (destination === "document") await Promise.all([ownFactors(), ownPasskeys()]);
  return children;
}
