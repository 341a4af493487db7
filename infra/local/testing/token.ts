import { createHmac, type KeyObject, sign } from "node:crypto";
import { SignJWT } from "jose";
import type { SigningKey } from "./key-server";

type Json = Record<string, unknown>;

/** A token as Cognito signs one. */
export function signToken(key: SigningKey, claims: Json): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg: "RS256", kid: key.kid }).sign(key.privateKey);
}

/** Any header and payload, signed by `signer`: for what no library would write. Text is taken as it is. */
export function forgeToken(header: Json, payload: Json | string, signer: (data: Buffer) => Buffer): string {
  const parts = [JSON.stringify(header), typeof payload === "string" ? payload : JSON.stringify(payload)];
  const data = parts.map((part) => Buffer.from(part).toString("base64url")).join(".");
  return `${data}.${signer(Buffer.from(data)).toString("base64url")}`;
}

/** RSASSA-PKCS1-v1_5 with this hash: RS256, RS384, RS512. */
export const rsa = (key: KeyObject, hash = "sha256") => {
  return (data: Buffer) => sign(hash, data, key);
};

export const hmac = (secret: string | Buffer) => (data: Buffer) =>
  createHmac("sha256", secret).update(data).digest();
