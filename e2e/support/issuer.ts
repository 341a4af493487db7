import { KeyObject, randomUUID, sign } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { exportJWK, generateKeyPair, type JWK } from "jose";
import { freePort } from "../../infra/local/ports";

export type Claims = Record<string, unknown>;

export type SigningKey = { kid: string; key: KeyObject; jwk: JWK };

/** An issuer of our own on loopback, with real keys: it can sign what no Cognito would. */
export type Issuer = {
  /** What an application that trusts this issuer is started with. */
  environment: { COGNITO_ISSUER: string; COGNITO_JWKS_URL: string };
  url: string;
  /** How often the keys were asked for. */
  fetches: () => number;
  /** The keys that are published now. */
  publish: (...keys: SigningKey[]) => void;
  /** Stops answering, until `listen`. */
  close: () => Promise<void>;
  listen: () => Promise<void>;
};

/** Starts an issuer that publishes these keys. */
export async function startIssuer(...keys: SigningKey[]): Promise<Issuer> {
  let published = keys;
  let fetches = 0;
  // None that the system gives to connections: it listens there again after it was closed.
  const port = await freePort();
  const start = async () => {
    const server = createServer((_request, response) => {
      fetches += 1;
      response.setHeader("Content-Type", "application/json");
      response.end(JSON.stringify({ keys: published.map(({ jwk }) => jwk) }));
    }).listen(port, "127.0.0.1");
    await once(server, "listening");
    return server;
  };
  let server = await start();
  const url = `http://127.0.0.1:${port}/ap-northeast-1_attacks`;
  return {
    environment: { COGNITO_ISSUER: url, COGNITO_JWKS_URL: `${url}/.well-known/jwks.json` },
    url,
    fetches: () => fetches,
    publish: (...next) => {
      published = next;
    },
    close: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
    listen: async () => {
      server = await start();
    },
  };
}

/** A real RSA key as Cognito's are. */
export async function newKey(kid = randomUUID()): Promise<SigningKey> {
  const { publicKey, privateKey } = await generateKeyPair("RS256", { extractable: true });
  return {
    kid,
    key: KeyObject.from(privateKey),
    jwk: { ...(await exportJWK(publicKey)), kid, alg: "RS256", use: "sig" },
  };
}

/** A token, whatever its header and payload say. A string is taken as the JSON text itself. */
export function sealToken(
  header: Claims | string,
  payload: Claims | string,
  signature: (input: string) => Buffer,
): string {
  const input = [header, payload]
    .map((part) => (typeof part === "string" ? part : JSON.stringify(part)))
    .map((text) => Buffer.from(text).toString("base64url"))
    .join(".");
  return `${input}.${signature(input).toString("base64url")}`;
}

export function rs256({ key }: SigningKey): (input: string) => Buffer {
  return (input) => sign("sha256", Buffer.from(input), key);
}
