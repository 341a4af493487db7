import { z } from "zod";
import { isOfAws, issuerOf, looksLikeAws } from "./aws-addresses";
import { isReservedClaim, isReservedHeader } from "./reserved-names";
import { isWeakSecret } from "./weak-secret";

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** Whether a host is this very machine, by one of the names that everybody gives it. */
export function isLoopback(hostname: string): boolean {
  return LOOPBACK.has(hostname);
}

const postgresUrl = z.url({ protocol: /^postgres(ql)?$/, error: "is not a postgres:// URL" });
const url = z.url({ protocol: /^https?$/ }).transform((value) => value.replace(/\/+$/, ""));
const isLocal = (value: string) => URL.canParse(value) && isLoopback(new URL(value).hostname);
/** The origin of an http(s) address, without anything else in it. */
const origin = z
  .url({ protocol: /^https?$/, normalize: true })
  .refine(
    (value) => value === `${new URL(value).origin}/`,
    "must be an origin, without a path or a user name",
  )
  .transform((value) => value.replace(/\/$/, ""));
const NOT_COGNITO = "only a loopback host may override where Cognito is";
const cognitoUrl = url.refine(
  (value) => !URL.canParse(value) || isLocal(value) || looksLikeAws(value),
  NOT_COGNITO,
);
const ownUrl = origin.refine(
  (value) => value.startsWith("https:") || isLocal(value),
  "must be https, except on a loopback host",
);
const secret = z
  .string()
  .refine((value) => Buffer.byteLength(value) >= 32, "must have at least 32 bytes: openssl rand -base64 33")
  .refine((value) => !isWeakSecret(value), "can be guessed: openssl rand -base64 33");
const clientId = z.string().regex(/^[\w+]{1,128}$/, "is not an app client id");
const positive = z.coerce.number().int().min(1);
const flag = (absent: "0" | "1") =>
  z
    .enum(["0", "1"])
    .default(absent)
    .transform((value) => value === "1");
const domain = z
  .string()
  .max(190)
  .regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/, "is not a domain in lower case");
const originOf = (url: string) => (URL.canParse(url) ? new URL(url).origin : null);
const origins = z
  .string()
  .default("")
  .transform((list) => list.split(",").flatMap((each) => each.trim() || []))
  .refine(
    (list) => list.every((each) => /^https?:\/\/[^*]+$/.test(each) && originOf(each) === each),
    "must list origins such as https://app.example.com, without a path or a wildcard",
  )
  .refine(
    (list) => list.every((each) => !URL.canParse(each) || each.startsWith("https:") || isLocal(each)),
    "must be https, except on a loopback host: anybody on the way could call with the bearer token",
  );
const port = z.coerce.number().int().min(1).max(65_535);

const Env = z
  .object({
    NODE_ENV: z.enum(["development", "production", "test"]).default("development"),
    AWS_REGION: z
      .string()
      .regex(/^[a-z]{2,}(-[a-z]+)+-\d+$/, "is not a region")
      .default("ap-northeast-1"),
    COGNITO_USER_POOL_ID: z.string().regex(/^[\w-]+_[0-9a-zA-Z]+$/, "is not a user pool id"),
    COGNITO_APP_CLIENT_ID: clientId,
    COGNITO_APP_CLIENT_SECRET: z.string().min(1).optional(),
    COGNITO_WEB_CLIENT_ID: clientId.optional(),
    COGNITO_WEB_CLIENT_SECRET: z.string().min(1).optional(),
    COGNITO_DOMAIN: ownUrl.optional(),
    COGNITO_NO_GROUP_ROLE: z.enum(["viewer", "member"]).default("viewer"),
    COGNITO_REFRESH_ROTATION: flag("0"),
    COGNITO_PREFERRED_TOKEN_USE: z.enum(["access", "id"]).default("access"),
    COGNITO_TENANT_CLAIM: z
      .string()
      .regex(/^[A-Za-z][\w:./-]{0,255}$/, "is not the name of a claim")
      .refine((name) => !isReservedClaim(name), "has another meaning, and users may be able to write it")
      .default("custom:tenant_id"),
    COGNITO_ENDPOINT: cognitoUrl.optional(),
    COGNITO_ISSUER: cognitoUrl.optional(),
    COGNITO_JWKS_URL: cognitoUrl.optional(),
    MULTI_TENANT_ENABLED: flag("1"),
    TENANT_MODE: z.enum(["header", "subdomain", "claim"]).default("header"),
    TENANT_HEADER: z
      .string()
      .regex(/^[A-Za-z0-9-]{1,100}$/, "is not a header name")
      .refine((name) => !isReservedHeader(name), "names a header that means something else")
      .default("X-Tenant-Id"),
    TENANT_MAIN_DOMAIN: domain.optional(),
    TENANT_STRICT: flag("1"),
    CORS_ALLOWED_ORIGINS: origins,
    NEXTAUTH_URL: ownUrl,
    NEXTAUTH_SECRET: secret,
    NEXTAUTH_SECRET_PREVIOUS: secret.optional(),
    SESSION_MINUTES: positive.max(43_200).default(720),
    SESSION_IDLE_MINUTES: positive.max(43_200).default(120),
    SIGN_IN_TRIES_PER_ACCOUNT: positive.default(10),
    SIGN_IN_TRIES_PER_ADDRESS: positive.default(50),
    TRUSTED_PROXY_HOPS: z.coerce.number().int().min(0).max(10).optional(),
    DATABASE_URL: postgresUrl.optional(),
    DATA_DIR: z.string().min(1).default(".data"),
    PORT: port.default(3000),
    COGNITO_LOCAL_PORT: port.default(9229),
  })
  .superRefine((env, context) => {
    const fault = (name: string, message: string) =>
      context.addIssue({ code: "custom", path: [name], message });
    const pool = { region: env.AWS_REGION, poolId: env.COGNITO_USER_POOL_ID };
    if (!pool.poolId.startsWith(`${pool.region}_`)) {
      fault("COGNITO_USER_POOL_ID", "is in another region than AWS_REGION");
    }
    for (const name of ["COGNITO_ENDPOINT", "COGNITO_ISSUER", "COGNITO_JWKS_URL"] as const) {
      const value = env[name];
      // What is not AWS's at all is a fault by now.
      if (value !== undefined && looksLikeAws(value) && !isOfAws(name, value, pool)) fault(name, NOT_COGNITO);
    }
    if (env.NEXTAUTH_URL.startsWith("https:") && env.TRUSTED_PROXY_HOPS === undefined) {
      fault(
        "TRUSTED_PROXY_HOPS",
        "is missing: say how many proxies of yours write X-Forwarded-For, 0 if none does",
      );
    }
    if (env.NEXTAUTH_SECRET_PREVIOUS === env.NEXTAUTH_SECRET) {
      fault("NEXTAUTH_SECRET_PREVIOUS", "must be another than NEXTAUTH_SECRET");
    }
    if (env.COGNITO_DOMAIN && !env.COGNITO_WEB_CLIENT_ID)
      fault("COGNITO_WEB_CLIENT_ID", "is needed with COGNITO_DOMAIN");
    if (env.TENANT_MODE !== "subdomain") return;
    if (!env.TENANT_MAIN_DOMAIN) fault("TENANT_MAIN_DOMAIN", "is needed with TENANT_MODE=subdomain");
    else if (new URL(env.NEXTAUTH_URL).hostname !== env.TENANT_MAIN_DOMAIN)
      fault("TENANT_MAIN_DOMAIN", "must be the host of NEXTAUTH_URL: people sign in there");
  })
  .transform((env) => {
    const pool = { region: env.AWS_REGION, poolId: env.COGNITO_USER_POOL_ID };
    const issuer = env.COGNITO_ISSUER ?? issuerOf(pool);
    return {
      ...env,
      COGNITO_ISSUER: issuer,
      COGNITO_JWKS_URL: env.COGNITO_JWKS_URL ?? `${issuer}/.well-known/jwks.json`,
    };
  });

export type Env = z.output<typeof Env>;

/** The environment is not fit to run with. The message lists every fault, a line each, without the values. */
export class EnvError extends Error {
  constructor(readonly faults: string[]) {
    super(`The environment is not valid:\n${faults.map((fault) => `  ${fault}`).join("\n")}`);
    this.name = "EnvError";
  }
}

/**
 * Reads the settings from `source`; an empty variable counts as absent.
 *
 * @throws EnvError naming every missing or wrong variable at once.
 */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const result = Env.safeParse(given);
  if (result.success) return result.data;
  throw new EnvError(
    result.error.issues.map((issue) => {
      const name = issue.path.join(".");
      if (given[name] !== undefined) return `${name}: ${issue.message}`;
      return issue.message.startsWith("is missing") ? `${name} ${issue.message}` : `${name} is missing`;
    }),
  );
}

let parsed: Env | undefined;

/**
 * The settings of this process, read once, at the first call.
 *
 * @throws EnvError, and in a build: what is built must not depend on the machine it was built on.
 */
export function env(): Env {
  if (process.env.NEXT_PHASE === "phase-production-build") throw new EnvError(["a build reads none of it"]);
  parsed ??= parseEnv(process.env);
  return parsed;
}

/**
 * `DATABASE_URL` alone, for a migration that runs where nothing else is configured; undefined means PGlite.
 *
 * @throws EnvError when it is not a PostgreSQL URL.
 */
export function databaseUrl(): string | undefined {
  const result = postgresUrl.optional().safeParse(process.env.DATABASE_URL || undefined);
  if (!result.success) throw new EnvError(["DATABASE_URL is not a postgres:// URL"]);
  return result.data;
}
