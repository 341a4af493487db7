import { z } from "zod";

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** Whether a host is this very machine, by one of the names that everybody gives it. */
export function isLoopback(hostname: string): boolean {
  return LOOPBACK.has(hostname);
}

const SAMPLE_SECRET = /change.?me|replace|example|secret.?secret|your|password|^(.{1,4})\1+$/i;

const postgresUrl = z.url({ protocol: /^postgres(ql)?$/, error: "is not a postgres:// URL" });
const url = z.url({ protocol: /^https?$/ }).transform((value) => value.replace(/\/+$/, ""));
const loopbackUrl = url.refine(
  (value) => LOOPBACK.has(new URL(value).hostname),
  "only a loopback host may override where Cognito is",
);
const ownUrl = url.refine(
  (value) => value.startsWith("https:") || LOOPBACK.has(new URL(value).hostname),
  "must be https, except on a loopback host",
);
const secret = z
  .string()
  .refine((value) => Buffer.byteLength(value) >= 32, "must have at least 32 bytes: openssl rand -base64 33")
  .refine((value) => !SAMPLE_SECRET.test(value) && new Set(value).size >= 10, "looks like a sample");
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
  );
const port = z.coerce.number().int().min(1).max(65_535);

const Env = z
  .object({
    NODE_ENV: z.enum(["development", "production", "test"]).default("development"),
    AWS_REGION: z.string().min(1).default("ap-northeast-1"),
    COGNITO_USER_POOL_ID: z.string().regex(/^[\w-]+_[0-9a-zA-Z]+$/, "is not a user pool id"),
    COGNITO_APP_CLIENT_ID: clientId,
    COGNITO_APP_CLIENT_SECRET: z.string().min(1).optional(),
    COGNITO_WEB_CLIENT_ID: clientId.optional(),
    COGNITO_WEB_CLIENT_SECRET: z.string().min(1).optional(),
    COGNITO_DOMAIN: ownUrl.optional(),
    COGNITO_REFRESH_ROTATION: flag("0"),
    COGNITO_PREFERRED_TOKEN_USE: z.enum(["access", "id"]).default("access"),
    COGNITO_TENANT_CLAIM: z.string().min(1).default("custom:tenant_id"),
    COGNITO_ENDPOINT: loopbackUrl.optional(),
    COGNITO_ISSUER: loopbackUrl.optional(),
    COGNITO_JWKS_URL: loopbackUrl.optional(),
    MULTI_TENANT_ENABLED: flag("1"),
    TENANT_MODE: z.enum(["header", "subdomain", "claim"]).default("header"),
    TENANT_HEADER: z
      .string()
      .regex(/^[A-Za-z0-9-]+$/, "is not a header name")
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
    if (env.COGNITO_DOMAIN && !env.COGNITO_WEB_CLIENT_ID)
      fault("COGNITO_WEB_CLIENT_ID", "is needed with COGNITO_DOMAIN");
    if (env.TENANT_MODE !== "subdomain") return;
    if (!env.TENANT_MAIN_DOMAIN) fault("TENANT_MAIN_DOMAIN", "is needed with TENANT_MODE=subdomain");
    else if (new URL(env.NEXTAUTH_URL).hostname !== env.TENANT_MAIN_DOMAIN)
      fault("TENANT_MAIN_DOMAIN", "must be the host of NEXTAUTH_URL: people sign in there");
  })
  .transform((env) => {
    const issuer =
      env.COGNITO_ISSUER ?? `https://cognito-idp.${env.AWS_REGION}.amazonaws.com/${env.COGNITO_USER_POOL_ID}`;
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
      return given[name] === undefined ? `${name} is missing` : `${name}: ${issue.message}`;
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
