import { cache } from "react";
import { listOwnPasskeys } from "@/lib/account/own-passkeys";
import { spend } from "@/lib/auth/limits/rate-limit";
import { passkeyOffer } from "@/lib/auth/sign-in/passkey-offer";
import { AppError } from "@/lib/errors";
import { currentCaller } from "../../current-tenant";

/**
 * The passkeys of the person who opened this page, once per request, and what Cognito offers. Null where it offers none,
 * to who came in through the Hosted UI, and when Cognito takes their token no more.
 */
export const ownPasskeys = cache(async () => {
  const caller = await currentCaller();
  const offer = caller.session?.client === "web" ? null : await passkeyOffer();
  if (!offer) return null;
  await spend("cognito_call", { account: caller.principal.sub, tenant: null });
  try {
    return { offer, passkeys: await listOwnPasskeys(caller) };
  } catch (error) {
    if (error instanceof AppError && error.code === "session_ended") return null;
    throw error;
  }
});
