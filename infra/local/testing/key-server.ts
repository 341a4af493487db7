import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, type JWK } from "jose";

export type SigningKey = { kid: string; privateKey: KeyObject; publicKey: KeyObject; jwk: JWK };

/** How the server answers: as it should, with an error, with half a body, never, or with something that is no key set. */
export type Mood = "well" | "failing" | "cut off" | "hanging" | "nonsense";

/** A user pool's key endpoint on loopback, as a test wants it. */
export type KeyServer = {
  url: string;
  /** The keys it publishes now. */
  keys: SigningKey[];
  mood: Mood;
  /** How often it was asked. */
  fetches: number;
  close(): Promise<void>;
};

/** A new RS256 key pair. */
export async function makeSigningKey(kid: string): Promise<SigningKey> {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const jwk = { ...(await exportJWK(publicKey)), kid, alg: "RS256", use: "sig" };
  return { kid, privateKey, publicKey, jwk };
}

export async function startKeyServer(...keys: SigningKey[]): Promise<KeyServer> {
  const server = createServer((_, response) => {
    state.fetches += 1;
    answer(response, state);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const state: KeyServer = {
    url: `http://127.0.0.1:${port}/pool/.well-known/jwks.json`,
    keys,
    mood: "well",
    fetches: 0,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return state;
}

function answer(response: ServerResponse, { mood, keys }: KeyServer): void {
  const body = JSON.stringify({ keys: keys.map(({ jwk }) => jwk) });
  if (mood === "well") response.end(body);
  else if (mood === "nonsense") response.end('{"keys":"none"}');
  else if (mood === "failing") response.writeHead(500).end();
  else if (mood === "cut off") {
    response.writeHead(200, { "Content-Length": body.length });
    response.write(body.slice(0, 20), () => response.destroy());
  }
}
