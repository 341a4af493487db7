import type { z } from "zod";
import { isOfAws, issuerOf, looksLikeAws } from "./aws-addresses";
import { databaseFaults } from "./database-address";
import { LOG_LEVELS, NOT_COGNITO, Variables } from "./env-variables";
import { isLoopback } from "./loopback";

const Env = Variables.superRefine((env, context) => {
  /** @param remedy what to write where nothing is given. */
  const fault = (name: string, message: string, remedy?: string) =>
    context.addIssue({ code: "custom", path: [name], message, params: { remedy } });
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
    const remedy = "say how many proxies of yours write X-Forwarded-For, 0 if none does";
    fault("TRUSTED_PROXY_HOPS", "is needed with https", remedy);
  }
  if (env.NEXTAUTH_SECRET_PREVIOUS === env.NEXTAUTH_SECRET) {
    fault("NEXTAUTH_SECRET_PREVIOUS", "must be another than NEXTAUTH_SECRET");
  }
  for (const [name, message] of databaseFaults(env)) fault(name, message);
  if (env.DEMO_DATA && env.DATABASE_URL) fault("DEMO_DATA", "must not be with DATABASE_URL");
  if (env.DEMO_DATA && !isOnThisMachine(env.COGNITO_ENDPOINT)) {
    fault("DEMO_DATA", "is for the local Cognito alone: COGNITO_ENDPOINT must be a loopback host");
  }
  if (env.COGNITO_DOMAIN && !env.COGNITO_WEB_CLIENT_ID)
    fault("COGNITO_WEB_CLIENT_ID", "is needed with COGNITO_DOMAIN");
  if (env.STOP_ACCEPT_SECONDS >= env.STOP_SECONDS)
    fault("STOP_ACCEPT_SECONDS", "must leave some of STOP_SECONDS to answer what is under way");
  if (env.TENANT_MODE !== "subdomain") return;
  if (!env.TENANT_MAIN_DOMAIN) fault("TENANT_MAIN_DOMAIN", "is needed with TENANT_MODE=subdomain");
  else if (new URL(env.NEXTAUTH_URL).hostname !== env.TENANT_MAIN_DOMAIN)
    fault("TENANT_MAIN_DOMAIN", "must be the host of NEXTAUTH_URL: people sign in there");
}).transform((env) => {
  const pool = { region: env.AWS_REGION, poolId: env.COGNITO_USER_POOL_ID };
  const issuer = env.COGNITO_ISSUER ?? issuerOf(pool);
  return {
    ...env,
    COGNITO_ISSUER: issuer,
    COGNITO_JWKS_URL: env.COGNITO_JWKS_URL ?? `${issuer}/.well-known/jwks.json`,
  };
});

function isOnThisMachine(url: string | undefined): boolean {
  return url !== undefined && URL.canParse(url) && isLoopback(new URL(url).hostname);
}

export { LOG_LEVELS };
export type LogLevel = (typeof LOG_LEVELS)[number];
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
  return parsedBy(Env, source);
}

function parsedBy<Schema extends z.ZodType>(
  schema: Schema,
  source: Record<string, string | undefined>,
): z.output<Schema> {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  throw new EnvError(
    result.error.issues.map((issue) => {
      const name = issue.path.join(".");
      if (given[name] !== undefined) return `${name}: ${issue.message}`;
      const remedy = issue.code === "custom" ? issue.params?.remedy : undefined;
      return `${name} is missing${remedy === undefined ? "" : `: ${remedy}`}`;
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
  // Asked for many times a request: Node looks a variable up with the system each time.
  if (parsed) return parsed;
  if (process.env.NEXT_PHASE === "phase-production-build") throw new EnvError(["a build reads none of it"]);
  parsed = parseEnv(process.env);
  return parsed;
}

/**
 * The least level that is logged. Read for each line, so that it holds also while the rest of the environment is not fit
 * to run with; what is no level counts as the default here, and is told by `env`.
 */
export function logLevel(): LogLevel {
  return LOG_LEVELS.find((level) => level === process.env.LOG_LEVEL) ?? "info";
}

const DatabaseEnv = Variables.pick({
  AWS_REGION: true,
  DATABASE_URL: true,
  DATABASE_POOLER: true,
  DATABASE_LISTEN_URL: true,
  DATABASE_TLS: true,
  DATABASE_CA_FILE: true,
  DATABASE_AUTH: true,
  DATABASE_PASSWORD_SECRET: true,
  DATABASE_LOGIN: true,
  DATABASE_POOL_SIZE: true,
  DATABASE_CONNECT_SECONDS: true,
  DATABASE_QUERY_SECONDS: true,
  DATABASE_APPLICATION_NAME: true,
}).superRefine((env, context) => {
  for (const [name, message] of databaseFaults(env)) {
    context.addIssue({ code: "custom", path: [name], message });
  }
});

/** How a PostgreSQL server is reached, and how one logs in there. */
export type DatabaseSettings = z.output<typeof DatabaseEnv> & { DATABASE_URL: string };

/**
 * The settings of the database alone, for a migration that runs where nothing else is configured; null means PGlite.
 *
 * @throws EnvError when one is wrong.
 */
export function databaseSettings(
  source: Record<string, string | undefined> = process.env,
): DatabaseSettings | null {
  const { DATABASE_URL, ...others } = parsedBy(DatabaseEnv, source);
  return DATABASE_URL === undefined ? null : { ...others, DATABASE_URL };
}
