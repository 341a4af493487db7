import { createHash } from "node:crypto";
import { JwtVerifier } from "aws-jwt-verify";
import { validateCognitoJwtFields } from "aws-jwt-verify/cognito-verifier";
import { CognitoJwtInvalidTokenUseError } from "aws-jwt-verify/error";
import { decomposeUnverifiedJwt } from "aws-jwt-verify/jwt";
import type { JwtPayload } from "aws-jwt-verify/jwt-model";
import { z } from "zod";
import { AppError } from "../errors";
import { RecentMap } from "../recent-map";
import type { KeySet } from "./key-set";
import { formatFault } from "./token-format";

const SKEW_SECONDS = 5;
const MAX_FUTURE_ISSUE_SECONDS = 60;
/** How many tokens are remembered as verified; the one that was longest not seen is forgotten first. */
const MOST_REMEMBERED = 2_000;

const seconds = z.number().nonnegative();
const common = {
  sub: z.string().min(1),
  iss: z.string(),
  exp: seconds,
  iat: seconds,
  auth_time: seconds.optional(),
  origin_jti: z.string().optional(),
  "cognito:groups": z.array(z.string()).default([]),
  email: z.string().optional(),
  name: z.string().optional(),
  /** A boolean of Cognito's own; a string where a trigger wrote it. */
  email_verified: z.union([z.boolean(), z.string()]).optional(),
};
/** The claims Cognito writes (Cognito developer guide, "Understanding user pool JSON web tokens"). */
const Claims = z.discriminatedUnion("token_use", [
  z.looseObject({
    ...common,
    token_use: z.literal("access"),
    client_id: z.string(),
    username: z.string(),
    aud: z.never().optional(),
  }),
  z.looseObject({ ...common, token_use: z.literal("id"), aud: z.string(), "cognito:username": z.string() }),
]);

export type TokenClaims = z.output<typeof Claims>;
export type TokenUse = TokenClaims["token_use"];

export type TokenRules = {
  issuer: string;
  keys: KeySet;
  /** Our app clients; a token for any other client of the pool is refused. */
  clientIds: [string, ...string[]];
  /** Milliseconds since the epoch. */
  now?: () => number;
};

/**
 * Makes the function that says whether a string is a token of this pool, for one of these clients, of this use.
 *
 * Signature and issuer are aws-jwt-verify's work; what it leaves open (a missing `exp`, unknown header fields,
 * a future `iat`, size) is refused here. RFC 8725; Cognito developer guide, "Verifying JSON web tokens".
 *
 * The returned function throws AppError `invalid_token`, `wrong_token_use` or `keys_unavailable`.
 */
export function tokenVerifier({ issuer, keys, clientIds, now = Date.now }: TokenRules) {
  const verifier = JwtVerifier.create(
    { issuer, jwksUri: keys.url, audience: null, graceSeconds: SKEW_SECONDS },
    { jwksCache: keys },
  );
  /** By digest, so that no token stays in memory for longer than its request. */
  const remembered = new RecentMap<Verified>(MOST_REMEMBERED);

  return async function verifyToken(token: string, tokenUse: TokenUse): Promise<TokenClaims> {
    const digest = createHash("sha256").update(token).digest("base64");
    const known = remembered.get(digest);
    // Keys are fetched and retired for it as for a new one; only the signature is not computed again.
    if (known) await keys.getJwk(keys.url, known.parsed).catch(asAppError);
    const verified = known ?? (await verifySigned(token, verifier));
    checkTimes(verified.claims, now() / 1000);
    remembered.keep(digest, verified);
    checkUse(verified.parsed.payload, tokenUse, clientIds);
    return verified.claims;
  };
}

/** A token whose signature was found good. */
type Verified = { parsed: Parameters<KeySet["getJwk"]>[1]; claims: TokenClaims };
type Verifier = { verify(token: string): Promise<JwtPayload> };

async function verifySigned(token: string, verifier: Verifier): Promise<Verified> {
  const fault = formatFault(token);
  if (fault) throw new AppError("invalid_token", { cause: fault });
  const payload = await verifier.verify(token).catch(asAppError);
  const claims = Claims.safeParse(payload);
  if (!claims.success) throw new AppError("invalid_token", { cause: claims.error });
  // Others are given the same claims again.
  Object.freeze(claims.data["cognito:groups"]);
  return { parsed: decomposeUnverifiedJwt(token), claims: Object.freeze(claims.data) };
}

/** aws-jwt-verify reads the real clock; these read `now`, and insist on both times. RFC 7519 section 4.1. */
function checkTimes({ exp, iat }: TokenClaims, now: number): void {
  if (exp + SKEW_SECONDS <= now) throw new AppError("invalid_token", { detail: "The token has expired." });
  if (iat > now + MAX_FUTURE_ISSUE_SECONDS) {
    throw new AppError("invalid_token", { cause: "issued in the future" });
  }
}

function checkUse(payload: JwtPayload, tokenUse: TokenUse, clientIds: string[]): void {
  try {
    validateCognitoJwtFields(payload, { tokenUse, clientId: clientIds });
  } catch (error) {
    if (error instanceof CognitoJwtInvalidTokenUseError) {
      throw new AppError("wrong_token_use", { detail: `Send the ${tokenUse} token.`, cause: error });
    }
    asAppError(error);
  }
}

/** Whatever a verifier throws means "not verified" (401); only unreachable keys are somebody else's fault. */
function asAppError(error: unknown): never {
  throw error instanceof AppError ? error : new AppError("invalid_token", { cause: error });
}
