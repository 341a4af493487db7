import { createPrivateKey } from "node:crypto";
import { SignJWT } from "jose";
import { ProviderRefusal } from "./refusal";

/** Apple has no secret of a client, but a key that signs one for each request ("Creating a client secret"). */
export async function appleSecret(
  { client_id = "", team_id = "", key_id = "", private_key = "" }: Record<string, string | undefined>,
  { audience, now }: { audience: string; now: number },
): Promise<string> {
  const seconds = Math.floor(now / 1_000);
  return await new SignJWT()
    .setProtectedHeader({ alg: "ES256", kid: key_id })
    .setIssuer(team_id)
    .setSubject(client_id)
    .setAudience(audience)
    .setIssuedAt(seconds)
    .setExpirationTime(seconds + 300)
    .sign(keyIn(private_key));
}

/** A PEM, or what stands between its first and its last line. */
function keyIn(text: string) {
  const body = text.replaceAll(/-----[A-Z ]+-----|\s/g, "");
  try {
    return createPrivateKey({ key: Buffer.from(body, "base64"), format: "der", type: "pkcs8" });
  } catch {
    throw new ProviderRefusal("invalid_request", "SignInWithApple: private_key is no key (PKCS #8).");
  }
}
