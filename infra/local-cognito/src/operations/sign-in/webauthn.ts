import type { AuthenticationResponseJSON } from "@simplewebauthn/server";
import { z } from "zod";
import { invalidParameter, notAuthorized, webAuthn } from "../../model/failures";
import type { Passkey, User } from "../../model/user";
import type { InPool } from "../../store/cognito";

/** The domain that passkeys of the pool are for. @throws WebAuthnConfigurationMissingException */
export function relyingPartyOf({ cognito, pool }: InPool): string {
  const own = pool.webAuthn?.RelyingPartyId;
  if (own) return own;
  if (cognito.domains(pool).length === 0) throw webAuthn.notConfigured();
  return new URL(cognito.url).hostname;
}

/** Whether the authenticator must have checked who holds it. */
export function needsUserVerification({ pool }: InPool): boolean {
  const { UserVerification, FactorConfiguration } = pool.webAuthn ?? {};
  return UserVerification === "required" || FactorConfiguration === "MULTI_FACTOR_WITH_USER_VERIFICATION";
}

export const userVerificationOf = (context: InPool) =>
  needsUserVerification(context) ? ("required" as const) : ("preferred" as const);

const bytes = z.string().regex(/^[\w-]+={0,2}$/);
const common = {
  id: bytes,
  rawId: bytes,
  type: z.literal("public-key"),
  authenticatorAttachment: z.enum(["platform", "cross-platform"]).nullish(),
  clientExtensionResults: z.record(z.string(), z.unknown()).default({}),
};
export const registered = z.object({
  ...common,
  response: z.looseObject({
    clientDataJSON: bytes,
    attestationObject: bytes,
    transports: z.array(z.string()).optional(),
  }),
});
const asserted = z.object({
  ...common,
  response: z.looseObject({
    clientDataJSON: bytes,
    authenticatorData: bytes,
    signature: bytes,
    userHandle: z.string().nullish(),
  }),
});
const clientData = z.object({ origin: z.string(), challenge: z.string() });

/**
 * The origin that the browser says it was at, when it is one of the relying party's: its domain or one below, over https,
 * or a loopback name over http.
 * @throws WebAuthnOriginNotAllowedException, InvalidParameterException
 */
export function originIn(clientDataJSON: string, relyingParty: string): string {
  const said = clientData.safeParse(jsonIn(Buffer.from(clientDataJSON, "base64url").toString()));
  if (!said.success) throw invalidParameter("The credential does not say where it was made.");
  const { origin } = said.data;
  if (!URL.canParse(origin)) throw webAuthn.origin(JSON.stringify(origin.slice(0, 200)));
  const { protocol, hostname } = new URL(origin);
  const isParty = hostname === relyingParty || hostname.endsWith(`.${relyingParty}`);
  const isSecure = protocol === "https:" || (protocol === "http:" && /(^|\.)localhost$/.test(hostname));
  if (!isParty || !isSecure) throw webAuthn.origin(origin);
  return origin;
}

/** @throws InvalidParameterException */
function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalidParameter("The credential is not valid JSON.");
  }
}

/**
 * The passkey that has signed the challenge, with its counter as it is now.
 * @throws NotAuthorizedException for every credential that does not prove the user, WebAuthnOriginNotAllowedException,
 *   InvalidParameterException for what is no credential
 */
export async function provenPasskey(
  context: InPool,
  user: User | undefined,
  { credential, challenge }: { credential: string; challenge: string },
): Promise<Passkey> {
  const { success, data } = asserted.safeParse(jsonIn(credential));
  if (!success) throw invalidParameter("Invalid parameter CREDENTIAL");
  const relyingParty = relyingPartyOf(context);
  const expectedOrigin = originIn(data.response.clientDataJSON, relyingParty);
  const passkey = user?.passkeys?.find(({ id }) => id === data.id);
  if (!passkey) throw notAuthorized.badCredentials();
  // Loaded where it is used: it would double the time that the server takes to start.
  const { verifyAuthenticationResponse } = await import("@simplewebauthn/server");
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: data as unknown as AuthenticationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin,
      expectedRPID: relyingParty,
      credential: {
        id: passkey.id,
        publicKey: new Uint8Array(Buffer.from(passkey.publicKey, "base64url")),
        counter: passkey.counter,
      },
      requireUserVerification: needsUserVerification(context),
    });
    if (verified) return { ...passkey, counter: authenticationInfo.newCounter };
  } catch {
    // The library says what is wrong with it, which is for nobody who cannot sign in.
  }
  throw notAuthorized.badCredentials();
}
