import { createHmac, createPublicKey, randomUUID } from "node:crypto";
import { type Claims, type Issuer, rs256, type SigningKey, sealToken } from "./issuer";

/** What it takes to make tokens for an application that trusts an issuer of ours. */
export type Forge = {
  issuer: Issuer;
  key: SigningKey;
  /** A key that the issuer never publishes. */
  evil: SigningKey;
  clientId: string;
};

/** The claims of an access token as Cognito writes them; `iat` a moment ago, so that no clock is in doubt. */
export function accessClaims({ issuer, clientId }: Forge, more: Claims = {}): Claims {
  const now = seconds();
  return {
    sub: randomUUID(),
    iss: issuer.url,
    client_id: clientId,
    origin_jti: randomUUID(),
    event_id: randomUUID(),
    token_use: "access",
    scope: "aws.cognito.signin.user.admin",
    auth_time: now - 1,
    exp: now + 3600,
    iat: now - 1,
    jti: randomUUID(),
    username: "mallory",
    "custom:tenant_id": "acme",
    ...more,
  };
}

export function idClaims(forge: Forge, more: Claims = {}): Claims {
  const { client_id, scope, username, ...claims } = accessClaims(forge);
  return { ...claims, token_use: "id", aud: client_id, "cognito:username": username, ...more };
}

export function headerOf({ key }: Forge, more: Claims = {}): Claims {
  return { kid: key.kid, alg: "RS256", ...more };
}

/** An access token that is right but for what is given. */
export function token(forge: Forge, claims: Claims = {}, header: Claims = {}): string {
  return sealToken(headerOf(forge, header), accessClaims(forge, claims), rs256(forge.key));
}

/** One that is right but for its payload's text, where `JSON.stringify` could not say it. */
export function tokenOf(forge: Forge, change: (json: string) => string): string {
  return sealToken(headerOf(forge), change(JSON.stringify(accessClaims(forge))), rs256(forge.key));
}

/** A token signed with a secret that everyone can know, for a verifier that lets the header choose. */
export function hmacToken(forge: Forge, secret: string | Buffer): string {
  const signature = (input: string) => createHmac("sha256", secret).update(input).digest();
  return sealToken(headerOf(forge, { alg: "HS256" }), accessClaims(forge), signature);
}

export function publicPem({ key }: Forge): string {
  return createPublicKey(key.key).export({ type: "spki", format: "pem" }).toString();
}

export function seconds(): number {
  return Math.floor(Date.now() / 1000);
}
