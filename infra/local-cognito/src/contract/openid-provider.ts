import { createHash, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";

type Claims = Record<string, unknown>;

/** How a provider strays from what it should do. */
export interface Bending {
  /** Instead of the claims of the ID token that would be right; undefined takes one away. */
  claims?: Claims;
  /** The key that signs: another one than is published. */
  foreignKey?: boolean;
  /** Not signed at all. */
  unsigned?: boolean;
  noIdToken?: boolean;
  /** Takes any secret: the test looks at it. */
  anySecret?: boolean;
  /** What userInfo says, instead of the person's claims. */
  info?: Claims;
  /** What the browser is sent back with, besides. */
  back?: Record<string, string>;
  tokenError?: { status: number; body: object };
}

/** A provider of OpenID Connect, real on the wire, that can be told to do wrong. */
export interface OpenIdProvider {
  issuer: string;
  /** Who signs in next. */
  person: Claims;
  bending: Bending;
  /** What the authorisation and the token endpoint were asked with, last. */
  asked: { authorize: URLSearchParams; token: URLSearchParams };
  /** How often the token endpoint was asked. */
  tokensAsked: number;
  close(): Promise<void>;
}

export const OIDC_CLIENT = { id: "cognito-at-provider", secret: "a-secret-of-the-provider" };

export async function openProvider(): Promise<OpenIdProvider> {
  const { privateKey, publicKey } = await generateKeyPair("RS256");
  const foreign = await generateKeyPair("RS256");
  const jwk = { ...(await exportJWK(publicKey)), kid: "one", alg: "RS256", use: "sig" };
  const codes = new Map<string, { nonce: string | null; challenge: string | null; person: Claims }>();
  const opened: OpenIdProvider = {
    issuer: "",
    person: {},
    bending: {},
    asked: { authorize: new URLSearchParams(), token: new URLSearchParams() },
    tokensAsked: 0,
    close: () => new Promise((done) => server.close(() => done())),
  };

  const authorize = (query: URLSearchParams, response: ServerResponse) => {
    opened.asked.authorize = query;
    const code = randomUUID();
    codes.set(code, {
      nonce: query.get("nonce"),
      challenge: query.get("code_challenge"),
      person: opened.person,
    });
    const back = new URL(query.get("redirect_uri") ?? "");
    const parameters = { code, state: query.get("state") ?? "", ...opened.bending.back };
    for (const [name, value] of Object.entries(parameters)) if (value) back.searchParams.set(name, value);
    response.writeHead(302, { location: String(back) }).end();
  };

  const token = async (form: URLSearchParams, response: ServerResponse) => {
    opened.asked.token = form;
    opened.tokensAsked += 1;
    const { bending } = opened;
    const known = codes.get(form.get("code") ?? "");
    codes.delete(form.get("code") ?? "");
    const proof = createHash("sha256")
      .update(form.get("code_verifier") ?? "")
      .digest("base64url");
    const isClient =
      form.get("client_id") === OIDC_CLIENT.id &&
      (bending.anySecret || form.get("client_secret") === OIDC_CLIENT.secret);
    if (bending.tokenError) return json(response, bending.tokenError.body, bending.tokenError.status);
    if (!known || known.challenge !== proof || !isClient)
      return json(response, { error: "invalid_grant" }, 400);
    const now = Math.floor(Date.now() / 1_000);
    const usual = { iss: opened.issuer, aud: OIDC_CLIENT.id, iat: now, exp: now + 300, nonce: known.nonce };
    const claims = JSON.parse(JSON.stringify({ ...known.person, ...usual, ...bending.claims })) as JWTPayload;
    const idToken = bending.unsigned
      ? `${[{ alg: "none" }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".")}.`
      : await new SignJWT(claims)
          .setProtectedHeader({ alg: "RS256", kid: "one" })
          .sign(bending.foreignKey ? foreign.privateKey : privateKey);
    const access_token = Buffer.from(JSON.stringify(bending.info ?? known.person)).toString("base64url");
    json(response, {
      access_token,
      token_type: "Bearer",
      expires_in: 300,
      ...(!bending.noIdToken && { id_token: idToken }),
    });
  };

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? "/", opened.issuer);
    const { issuer } = opened;
    if (url.pathname.endsWith("/.well-known/openid-configuration"))
      return json(response, {
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        userinfo_endpoint: `${issuer}/userinfo`,
        jwks_uri: `${issuer}/jwks`,
        response_types_supported: ["code"],
        subject_types_supported: ["public"],
        id_token_signing_alg_values_supported: ["RS256"],
      });
    if (url.pathname === "/jwks") return json(response, { keys: [jwk] });
    if (url.pathname === "/authorize") return authorize(url.searchParams, response);
    if (url.pathname === "/token") return await token(new URLSearchParams(await bodyOf(request)), response);
    const bearer = request.headers.authorization?.replace("Bearer ", "") ?? "";
    json(response, JSON.parse(Buffer.from(bearer, "base64url").toString()));
  };

  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  opened.issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return opened;
}

function json(response: ServerResponse, body: object, status = 200): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
