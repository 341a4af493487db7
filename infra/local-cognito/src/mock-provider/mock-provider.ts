import { createHash, generateKeyPairSync, type KeyObject, randomUUID } from "node:crypto";
import { exportJWK, type JWK, SignJWT } from "jose";
import type { People, Person } from "./people";

/** A code that was given out, and for what. */
interface Grant {
  name: string;
  person: Person;
  clientId: string;
  redirectUri: string;
  nonce?: string | undefined;
  challenge?: string | undefined;
  expiresAt: number;
}

const CODE_LIFETIME_MS = 60_000;
const TOKEN_LIFETIME_S = 300;
/** Far more than are ever open at once. */
const KEPT = 1_000;

/**
 * Identity providers for people without one, each under a name of their choice, in memory alone. Ours, and small: the library
 * that is a whole provider (oidc-provider) is three times as large as all that the local Cognito needs, and has no SAML.
 */
export class MockProvider {
  private readonly codes = new Map<string, Grant>();
  private readonly tokens = new Map<string, Person>();
  private pair: { privateKey: KeyObject; publicKey: KeyObject } | undefined;

  constructor(readonly people: People) {}

  /** Made at first use; one pair for all names. */
  get keys(): { privateKey: KeyObject; publicKey: KeyObject } {
    this.pair ??= generateKeyPairSync("rsa", { modulusLength: 2048 });
    return this.pair;
  }

  async jwks(): Promise<{ keys: JWK[] }> {
    return { keys: [{ ...(await exportJWK(this.keys.publicKey)), kid: "mock", alg: "RS256", use: "sig" }] };
  }

  /** @returns the code that the browser is sent back with */
  grant(grant: Omit<Grant, "expiresAt">, now: number): string {
    const code = randomUUID();
    keep(this.codes, code, { ...grant, expiresAt: now + CODE_LIFETIME_MS });
    return code;
  }

  /**
   * The token endpoint's answer, or undefined for a code that is none, or was given to somebody else or for something else.
   * Any secret will do: there is nobody to keep one from.
   */
  async redeem(
    { name, issuer }: { name: string; issuer: string },
    form: URLSearchParams,
    now: number,
  ): Promise<object | undefined> {
    const code = form.get("code") ?? "";
    const grant = this.codes.get(code);
    this.codes.delete(code);
    if (!grant || grant.name !== name || grant.expiresAt <= now) return undefined;
    if (form.get("client_id") !== grant.clientId || form.get("redirect_uri") !== grant.redirectUri)
      return undefined;
    if (grant.challenge !== undefined && grant.challenge !== proofOf(form.get("code_verifier")))
      return undefined;
    const seconds = Math.floor(now / 1_000);
    const id_token = await new SignJWT({ ...grant.person, ...(grant.nonce && { nonce: grant.nonce }) })
      .setProtectedHeader({ alg: "RS256", kid: "mock" })
      .setIssuer(issuer)
      .setAudience(grant.clientId)
      .setIssuedAt(seconds)
      .setExpirationTime(seconds + TOKEN_LIFETIME_S)
      .sign(this.keys.privateKey);
    const access_token = randomUUID();
    keep(this.tokens, access_token, grant.person);
    return { access_token, id_token, token_type: "Bearer", expires_in: TOKEN_LIFETIME_S };
  }

  /** Whose access token it is. */
  holder(token: string): Person | undefined {
    return this.tokens.get(token);
  }
}

const proofOf = (verifier: string | null) =>
  createHash("sha256")
    .update(verifier ?? "")
    .digest("base64url");

function keep<T>(map: Map<string, T>, key: string, value: T): void {
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > KEPT && oldest !== undefined) map.delete(oldest);
}
