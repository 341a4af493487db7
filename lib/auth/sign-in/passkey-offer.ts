import { type PasskeyPolicy, passkeyPolicy } from "../../cognito/passkey-policy";
import { env } from "../../env";
import { AppError } from "../../errors";
import { log } from "../../log";
import { remember } from "../tenancy/remember";

/** Asked once a minute, whoever opens the pages that need it. */
const once = remember<PasskeyPolicy | null>(60);
/** While Cognito is away nobody waits for it at each page; once it is back, passkeys are soon offered again. */
const AWAY_MS = 5_000;
let awayUntil = 0;
/** What Cognito said last: nothing else is true because it is slow for once. */
let last: PasskeyPolicy | null = null;

/**
 * What the pages offer of passkeys: what Cognito says, or said last where it cannot be asked now. Null where it offers
 * none, was never heard, or keeps them for a domain that this application is not at, where no browser would use one
 * (WebAuthn Level 3, section 5.1.4).
 */
export async function passkeyOffer(): Promise<PasskeyPolicy | null> {
  if (Date.now() < awayUntil) return last;
  try {
    last = await once("the pool", ownPolicy);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    awayUntil = Date.now() + AWAY_MS;
  }
  return last;
}

async function ownPolicy(): Promise<PasskeyPolicy | null> {
  const policy = await passkeyPolicy();
  if (policy === null || isOwn(policy.relyingParty)) return policy;
  log("warn", "auth.passkeys_of_another_domain", { relying_party: policy.relyingParty });
  return null;
}

function isOwn(relyingParty: string): boolean {
  const { hostname } = new URL(env().NEXTAUTH_URL);
  return hostname === relyingParty || hostname.endsWith(`.${relyingParty}`);
}
