/** The browser's side of passkeys: loaded when one is made or used. */

type Creation = PublicKeyCredentialCreationOptionsJSON;
type Request = PublicKeyCredentialRequestOptionsJSON;

/** A passkey as JSON, for the API. */
export type CredentialJson = { id: string; response: { userHandle?: string | null } };

/** `already`: this device has one of this account. `none`: cancelled, refused, or not possible here. */
export type Outcome = { credential: CredentialJson } | "already" | "none";

/** Has the person make a passkey. */
export async function make(options: Creation): Promise<Outcome> {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON?.(options) ?? creation(options);
  return outcome(navigator.credentials.create({ publicKey }));
}

/** Has the person use a passkey. `mediation: "conditional"` waits until they choose one in the e-mail field. */
export async function use(
  options: Request,
  waiting: Pick<CredentialRequestOptions, "mediation" | "signal"> = {},
): Promise<Outcome> {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON?.(options) ?? request(options);
  return outcome(navigator.credentials.get({ publicKey, ...waiting }));
}

/** Tells the device which passkeys of an account there still are, so that it stops offering the others. */
export async function tellLeft(rpId: string, userId: string, ids: string[]): Promise<void> {
  const { signalAllAcceptedCredentials: tell } = PublicKeyCredential;
  await tell?.call(PublicKeyCredential, { rpId, userId, allAcceptedCredentialIds: ids }).catch(() => {});
}

async function outcome(asked: Promise<Credential | null>): Promise<Outcome> {
  try {
    const credential = (await asked) as PublicKeyCredential | null;
    return credential ? { credential: jsonOf(credential) } : "none";
  } catch (error) {
    // A browser says the same of what was cancelled and of what is not there (WebAuthn, section 14.5.2).
    if (error instanceof DOMException) return error.name === "InvalidStateError" ? "already" : "none";
    throw error;
  }
}

// For browsers without WebAuthn's own JSON.

function creation({ challenge, user, excludeCredentials = [], extensions: _, ...rest }: Creation) {
  return {
    ...rest,
    challenge: bytes(challenge),
    user: { ...user, id: bytes(user.id) },
    excludeCredentials: excludeCredentials.map(described),
  } as PublicKeyCredentialCreationOptions;
}

function request({ challenge, allowCredentials = [], extensions: _, ...rest }: Request) {
  return {
    ...rest,
    challenge: bytes(challenge),
    allowCredentials: allowCredentials.map(described),
  } as PublicKeyCredentialRequestOptions;
}

const described = ({ id, ...rest }: PublicKeyCredentialDescriptorJSON) => ({ ...rest, id: bytes(id) });

function jsonOf(credential: PublicKeyCredential): CredentialJson {
  if (typeof credential.toJSON === "function") return credential.toJSON() as CredentialJson;
  const { id, rawId, type, authenticatorAttachment, response } = credential;
  const parts = [
    "clientDataJSON",
    "attestationObject",
    "authenticatorData",
    "signature",
    "userHandle",
  ] as const;
  const sent = parts.flatMap((part) => {
    const value = (response as unknown as Record<string, ArrayBuffer | null>)[part];
    return value ? [[part, text(value)]] : [];
  });
  return {
    id,
    rawId: text(rawId),
    type,
    authenticatorAttachment,
    clientExtensionResults: {},
    response: Object.fromEntries(sent),
  } as CredentialJson;
}

function bytes(base64url: string): Uint8Array<ArrayBuffer> {
  const binary = atob(base64url.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

function text(buffer: ArrayBuffer): string {
  const binary = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
