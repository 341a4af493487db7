import { z } from "zod";
import { looksLikeAws } from "./aws-addresses";
import { isLoopback } from "./loopback";
import { isReservedClaim, isReservedHeader } from "./reserved-names";
import { TELEMETRY_VARIABLES } from "./telemetry/variables";
import { isWeakSecret } from "./weak-secret";

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
export const NOT_COGNITO = "only a loopback host may override where Cognito is";
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
const nameServers = z
  .string()
  .default("")
  .transform((list) => list.split(",").flatMap((each) => each.trim() || []))
  .refine(
    (list) => list.every((each) => /^([\d.]+(:\d{1,5})?|[\da-f:]+|\[[\da-f:]+\](:\d{1,5})?)$/i.test(each)),
    "must list addresses such as 192.0.2.53 or 192.0.2.53:5353",
  );
const days = z
  .string()
  .default("")
  .transform((list) => list.split(",").flatMap((each) => each.trim() || []))
  .refine(
    (list) => list.every((each) => /^[a-z_]+=[1-9]\d{0,4}$/.test(each)),
    "must list tables and days such as audit_events=2555",
  )
  .transform((list) => Object.fromEntries(list.map((each) => each.split("=") as [string, string])));
const furtherReading = z
  .url({ protocol: /^(https|mailto)$/, error: "must be an https:// or mailto: address" })
  .optional();
const port = z.coerce.number().int().min(1).max(65_535);

/** From the least urgent on. */
export const LOG_LEVELS = ["info", "warn", "error"] as const;

/** Every variable that the application reads, with what .env.example says of it. */
export const Variables = z.object({
  // Next's commands set it: .env.example leaves out what is not described.
  NODE_ENV: z.enum(["development", "production", "test"]).default("development"),
  AWS_REGION: z
    .string()
    .regex(/^[a-z]{2,}(-[a-z]+)+-\d+$/, "is not a region")
    .default("ap-northeast-1")
    .describe("The region of the user pool."),
  COGNITO_USER_POOL_ID: z
    .string()
    .regex(/^[\w-]+_[0-9a-zA-Z]+$/, "is not a user pool id")
    .describe("The user pool, of AWS_REGION."),
  COGNITO_APP_CLIENT_ID: clientId.describe(
    "The server client: ALLOW_ADMIN_USER_PASSWORD_AUTH and ALLOW_REFRESH_TOKEN_AUTH; with passkeys ALLOW_USER_AUTH.",
  ),
  COGNITO_APP_CLIENT_SECRET: z.string().min(1).optional().describe("When the server client has one."),
  COGNITO_WEB_CLIENT_ID: clientId
    .optional()
    .describe(
      "The client of the Hosted UI: code flow, callback /api/auth/callback/cognito, sign-out URL /signin.",
    ),
  COGNITO_WEB_CLIENT_SECRET: z
    .string()
    .min(1)
    .optional()
    .describe("When the client of the Hosted UI has one."),
  COGNITO_DOMAIN: ownUrl
    .optional()
    .describe("Base URL of the Hosted UI; without it there is no button for it."),
  COGNITO_NO_GROUP_ROLE: z
    .enum(["viewer", "member"])
    .default("viewer")
    .describe(
      "What a user of no group is: viewer, or member for a pool that is older than the group member. The latter is said at every start.",
    ),
  COGNITO_REFRESH_ROTATION: flag("0").describe("1 when the clients rotate refresh tokens."),
  COGNITO_REFRESH_TOKEN_DAYS: positive
    .max(3_650)
    .default(3_650)
    .describe(
      "How long the clients' refresh tokens live at the most; so long is kept when somebody was signed out everywhere.",
    ),
  COGNITO_PREFERRED_TOKEN_USE: z
    .enum(["access", "id"])
    .default("access")
    .describe("Which token the API takes: access or id."),
  COGNITO_TENANT_CLAIM: z
    .string()
    .regex(/^[A-Za-z][\w:./-]{0,255}$/, "is not the name of a claim")
    .refine((name) => !isReservedClaim(name), "has another meaning, and users may be able to write it")
    .default("custom:tenant_id")
    .describe("The claim and user attribute that hold the tenant; none with another meaning, such as email."),
  COGNITO_ENDPOINT: cognitoUrl
    .optional()
    .describe(
      "Where Cognito's API is, instead of the usual address: one of a loopback host, or another one that AWS has for this pool, such as its FIPS endpoint.",
    ),
  COGNITO_ISSUER: cognitoUrl.optional().describe("The issuer of the tokens; the same holds."),
  COGNITO_JWKS_URL: cognitoUrl.optional().describe("Where the keys of the tokens are; the same holds."),
  MULTI_TENANT_ENABLED: flag("1").describe("0: one tenant, public, for everyone in the pool."),
  TENANT_MODE: z
    .enum(["header", "subdomain", "claim"])
    .default("header")
    .describe("How a request names its tenant: header, subdomain or claim."),
  TENANT_HEADER: z
    .string()
    .regex(/^[A-Za-z0-9-]{1,100}$/, "is not a header name")
    .refine((name) => !isReservedHeader(name), "names a header that means something else")
    .default("X-Tenant-Id")
    .describe("The header of header mode; none with another meaning, such as Host."),
  TENANT_MAIN_DOMAIN: domain.optional().describe("Needed in subdomain mode: the host of NEXTAUTH_URL."),
  TENANT_STRICT: flag("1").describe(
    "0 lets operators, and nobody else, act in other tenants; said at every start.",
  ),
  CORS_ALLOWED_ORIGINS: origins.describe(
    "Origins whose pages may call the API with a bearer token, separated by commas; https, except on loopback.",
  ),
  NEXTAUTH_URL: ownUrl.describe("Where browsers find the application, an origin; https, except on loopback."),
  NEXTAUTH_SECRET: secret.describe(
    "At least 32 random bytes: openssl rand -base64 33. What can be guessed is refused.",
  ),
  NEXTAUTH_SECRET_PREVIOUS: secret
    .optional()
    .describe(
      "A second secret that is accepted: while the secret is being changed, the one before or the one to come.",
    ),
  SESSION_MINUTES: positive.max(43_200).default(720).describe("How long a browser session may last."),
  SESSION_IDLE_MINUTES: positive
    .max(43_200)
    .default(120)
    .describe("How long a browser session may lie unused."),
  SIGN_IN_TRIES_PER_ACCOUNT: positive
    .default(10)
    .describe("Failed passwords and codes within five minutes, for an account."),
  SIGN_IN_TRIES_PER_ADDRESS: positive
    .default(50)
    .describe("The same for an address; other limits follow from this one (lib/auth/limits/limits.ts)."),
  TRUSTED_PROXY_HOPS: z.coerce
    .number()
    .int()
    .min(0)
    .max(10)
    .optional()
    .describe(
      "How many proxies of yours write X-Forwarded-For; needed behind https. With 0 an address is the connection's, and one of a private network says nothing: all behind it share four times the limit of one.",
    ),
  DNS_SERVERS: nameServers.describe(
    "Name servers that are asked for the records by which tenants prove their e-mail domains, separated by commas; without it those of this machine.",
  ),
  DATABASE_URL: postgresUrl
    .optional()
    .describe("postgres://… of the unprivileged login; without it the database is PGlite."),
  DATABASE_POOLER: z
    .enum(["session", "transaction"])
    .default("session")
    .describe(
      "transaction: before the server is a pooler that hands out transactions, such as PgBouncer with pool_mode=transaction or RDS Proxy. Statements have no names then, which a server keeps for a connection, and nothing is heard through it: give DATABASE_LISTEN_URL, or each instance looks for changes once a second.",
    ),
  DATABASE_LISTEN_URL: postgresUrl
    .optional()
    .describe(
      "postgres://… of the same login past the pooler, where an instance listens for what others change; TLS and password as of DATABASE_URL.",
    ),
  DATABASE_TLS: z
    .enum(["verify-full", "disable"])
    .optional()
    .describe(
      "verify-full encrypts and checks the certificate and the name of the server, disable is plain text; without it the former, and the latter on a loopback host or a socket.",
    ),
  DATABASE_CA_FILE: z
    .string()
    .min(1)
    .optional()
    .describe(
      "File (PEM) of the authorities that may vouch for the server, instead of those that Node knows. Of RDS and Aurora: global-bundle.pem from https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem.",
    ),
  DATABASE_AUTH: z
    .enum(["password", "iam"])
    .default("password")
    .describe(
      "How one logs in: password, or iam for a token that is signed for each connection with the AWS credentials of the process (rds-db:connect), for a server in AWS_REGION.",
    ),
  DATABASE_PASSWORD_SECRET: z
    .string()
    .regex(/^[\w/+=.@:-]{1,2048}$/, "is neither the name nor the ARN of a secret")
    .optional()
    .describe(
      "Name or ARN of the secret in Secrets Manager that holds the password, as RDS keeps it ({username, password}) or by itself. Fetched anew when the server refuses it.",
    ),
  DATABASE_LOGIN: z
    .string()
    .regex(/^[a-z_][a-z0-9_]{0,62}$/, "is not the name of a role")
    .optional()
    .describe(
      "Of the migration alone: the application's login, which it makes without a password where it is not there, and gives its rights; on RDS and Aurora it logs in by IAM.",
    ),
  DATABASE_POOL_SIZE: positive
    .max(1_000)
    .default(10)
    .describe("How many connections an instance keeps to the database, and one more that listens."),
  DATABASE_CONNECT_SECONDS: positive
    .max(60)
    .default(5)
    .describe("How long a request waits for a connection, a free one or a new one."),
  DATABASE_QUERY_SECONDS: positive
    .max(60)
    .default(5)
    .describe(
      "How long a query may take. A server that says nothing a second longer is taken for gone, with all connections to it.",
    ),
  DATABASE_APPLICATION_NAME: z
    .string()
    .regex(/^[\w .:@-]{1,50}$/, "is not a name of up to 50 letters, digits and . : @ _ -")
    .default("sekisho")
    .describe("What the server calls our connections (application_name)."),
  DATA_DIR: z
    .string()
    .min(1)
    .default(".data")
    .describe("Where PGlite and the local Cognito keep their files."),
  DEMO_DATA: flag("0").describe(
    "1: a new PGlite is filled with what a few people did in a fortnight. npm run dev sets it; refused with DATABASE_URL, and with a Cognito that is not on this machine.",
  ),
  PORT: port
    .default(3000)
    .describe("Where the application listens. Read from the environment alone, not from a file."),
  HELP_URL: furtherReading.describe(
    "Who helps people who cannot sign in: an https or mailto address that the sign-in pages lead to.",
  ),
  TERMS_URL: furtherReading.describe("The same for the terms of use."),
  PRIVACY_URL: furtherReading.describe("The same for what becomes of people's data."),
  LOG_LEVEL: z
    .enum(LOG_LEVELS)
    .default("info")
    .describe("The least that is logged: info with a line for each request, warn or error."),
  HOUSEKEEPING_MINUTES: z.coerce
    .number()
    .int()
    .min(0)
    .max(1_440)
    .default(10)
    .describe("How often what is past its time is deleted; 0: never by this instance."),
  RETENTION_DAYS: days.describe(
    "How long rows are kept that have no time of their own, such as audit_events=2555; several with commas (lib/db/README.md, Ends). The audit log is kept for good otherwise.",
  ),
  ...TELEMETRY_VARIABLES,
  STOP_SECONDS: positive
    .max(3_600)
    .default(20)
    .describe(
      "Asked to stop (SIGTERM), the process is gone by then; what kills it (docker stop: 10 s) must wait longer.",
    ),
  STOP_ACCEPT_SECONDS: z.coerce
    .number()
    .int()
    .min(0)
    .default(0)
    .describe(
      "How long of that it still accepts connections, while it says that it is not ready: longer than the load balancer takes to notice.",
    ),
  COGNITO_LOCAL_PORT: port
    .default(9229)
    .describe("Where the local Cognito listens. Read from the environment alone, not from a file."),
});
