"use client";

import { objectOf, parsed, text } from "@/lib/shape";
import { ask, readJson } from "../api-client";
import { lastOwner, rememberOwner } from "../passkeys/owner";
import { type CredentialJson, use } from "../passkeys/webauthn";
import { type Attempted, attemptSignIn } from "./attempt";

/** Whose passkey is asked for: by their address, or by what a passkey said of its owner. */
type Owner = { email: string } | { user_handle: string };
type Asked = { session: string; options: PublicKeyCredentialRequestOptionsJSON };

type Asking = {
  /** As it was typed; null where nothing was. */
  email: string | null;
  /** The domain that passkeys are for. */
  relyingParty: string;
  callbackUrl: string;
  /** Waits until a passkey is chosen in the e-mail field, and says nothing else. */
  isWaiting?: boolean;
  signal: AbortSignal;
};

const readChallenge = readJson(
  objectOf<{ session: string; parameters: { CREDENTIAL_REQUEST_OPTIONS: string } }>({
    session: text,
    parameters: objectOf<{ CREDENTIAL_REQUEST_OPTIONS: string }>({ CREDENTIAL_REQUEST_OPTIONS: text }),
  }),
);
const isRequest = (value: unknown): value is Asked["options"] =>
  objectOf<{ challenge: string }>({ challenge: text })(value);

/**
 * Signs in with a passkey. Cognito asks for a passkey of one user: of who typed their address, or used one here last.
 * Where that is nobody, or another one's is chosen, the passkey first says whose it is, and is then used once more.
 *
 * @returns null where none was used.
 */
export async function signInByPasskey({ email, signal, ...asking }: Asking): Promise<Attempted | null> {
  const known = lastOwner();
  const owner: Owner | null = email ? { email } : known ? { user_handle: known } : null;
  const asked = owner && (await challengeFor(owner));
  if (asked && "refused" in asked) return asked;
  const mediation = asking.isWaiting ? { mediation: "conditional" as const } : {};
  const used = await use(asked?.options ?? whose(asking.relyingParty), { ...mediation, signal });
  if (typeof used === "string") return null;
  const { userHandle } = used.credential.response;
  const isTheirs = owner && ("email" in owner || !userHandle || owner.user_handle === userHandle);
  if (asked && isTheirs) {
    const attempted = await answer(asked, used.credential, asking.callbackUrl);
    // A page may be open for long before somebody chooses.
    if (!("refused" in attempted) || attempted.refused.code !== "challenge_expired") return attempted;
  }
  const theirs = email ? { email } : userHandle ? { user_handle: userHandle } : null;
  return theirs && confirm(theirs, used.credential.id, asking.callbackUrl, signal);
}

/** The same passkey once more, for a challenge of Cognito's. */
async function confirm(
  owner: Owner,
  id: string,
  callbackUrl: string,
  signal: AbortSignal,
): Promise<Attempted | null> {
  const asked = await challengeFor(owner);
  if ("refused" in asked) return asked;
  const allowCredentials = [{ id, type: "public-key" as const }];
  const used = await use({ ...asked.options, allowCredentials }, { signal });
  return typeof used === "string" ? null : answer(asked, used.credential, callbackUrl);
}

async function answer(asked: Asked, credential: CredentialJson, callbackUrl: string): Promise<Attempted> {
  const input = { session: asked.session, credential: JSON.stringify(credential), callbackUrl };
  const attempted = await attemptSignIn("passkey", input);
  const { userHandle } = credential.response;
  if ("signedIn" in attempted && userHandle) rememberOwner(userHandle);
  return attempted;
}

async function challengeFor(owner: Owner): Promise<Asked | Extract<Attempted, { refused: unknown }>> {
  // The challenge is for this browser, which is told by this cookie.
  await ask("/api/auth/csrf");
  const answered = await ask("/api/user/passkey-challenge", {
    method: "POST",
    body: owner,
    read: readChallenge,
  });
  if (!answered.ok) return { refused: answered };
  const { session, parameters } = answered.answer;
  return { session, options: parsed(isRequest, parameters.CREDENTIAL_REQUEST_OPTIONS) };
}

/** What a passkey answers only to say whose it is: nobody looks at what it signs. */
function whose(rpId: string): Asked["options"] {
  const challenge = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))));
  const base64url = challenge.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  return { challenge: base64url, rpId, userVerification: "discouraged" };
}
