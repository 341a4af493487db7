import { cache } from "react";
import { readFactors } from "@/lib/account/second-factors";
import { spend } from "@/lib/auth/limits/rate-limit";
import { currentCaller } from "../../current-tenant";

/** The second steps of the person who opened this page, once per request: the layout and the page ask alike. */
export const ownFactors = cache(async () => {
  const caller = await currentCaller();
  await spend("cognito_call", { account: caller.principal.sub, tenant: null });
  return readFactors(caller);
});
