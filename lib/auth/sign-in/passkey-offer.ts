import { type PasskeyPolicy, passkeyPolicy } from "../../cognito/passkey-policy";
import { env } from "../../env";
import { AppError } from "../../errors";
import { log } from "../../log";
import { remember } from "../tenancy/remember";

/** Asked once a minute, whoever opens the pages that need it. */
const once = remember<PasskeyPolicy | null>(60);

/**
 * What the pages offer of passkeys: what Cognito says, and null where it offers none, cannot be asked now, or keeps them
 * for a domain that this application is not at, where no browser would use one (WebAuthn Level 3, section 5.1.4).
 */
export function passkeyOffer(): Promise<PasskeyPolicy | null> {
  return once("the pool", async () => {
    const policy = await passkeyPolicy().catch((error) => {
      if (!(error instanceof AppError)) throw error;
      return null;
    });
    if (policy === null || isOwn(policy.relyingParty)) return policy;
    log("warn", "auth.passkeys_of_another_domain", { relying_party: policy.relyingParty });
    return null;
  });
}

function isOwn(relyingParty: string): boolean {
  const { hostname } = new URL(env().NEXTAUTH_URL);
  return hostname === relyingParty || hostname.endsWith(`.${relyingParty}`);
}
