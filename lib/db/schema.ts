import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgSequence,
  pgTable,
  primaryKey,
  text,
  uuid,
  varchar,
} from "drizzle-orm/pg-core";

import { GIVEN_ROLES, type Role } from "../roles";
import {
  bytes,
  deletingPolicy,
  endPolicy,
  erasurePolicy,
  moment,
  platformPolicies,
  tenantPolicies,
  transactionId,
} from "./columns";

/** What a create that carried an `Idempotency-Key` answered, to answer the same again. */
export const idempotencyKeys = pgTable(
  "idempotency_keys",
  {
    tenantId: text("tenant_id").notNull(),
    ownerSub: text("owner_sub").notNull(),
    operation: text("operation").notNull(),
    key: text("key").notNull(),
    /** A hash of the request, to tell a repetition from another request under the same key. */
    request: text("request").notNull(),
    answer: jsonb("answer"),
    createdAt: moment("created_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.ownerSub, table.operation, table.key] }),
    index("idempotency_keys_by_age").on(table.createdAt),
    ...tenantPolicies("idempotency_keys"),
    endPolicy("idempotency_keys", sql`created_at < now() - interval '1 day'`),
  ],
);

/**
 * A tenant's members as the user pool last showed them, to list and search: Cognito finds nobody by a custom
 * attribute. What somebody may do, and to which tenant they belong, Cognito alone says.
 */
export const members = pgTable(
  "members",
  {
    tenantId: text("tenant_id").notNull(),
    sub: uuid("sub").notNull(),
    username: text("username").notNull(),
    email: text("email").notNull(),
    /** What a search compares with, as `searchKey` has it. */
    emailKey: text("email_key").generatedAlwaysAs(sql`search_key(email)`),
    /** What they call themselves; null while they have not said. */
    name: text("name"),
    nameKey: text("name_key").generatedAlwaysAs(sql`search_key(name)`),
    role: text("role", { enum: GIVEN_ROLES }).notNull(),
    /** Also the platform's own staff: not for a tenant's administrators to change. */
    isOperator: boolean("is_operator").notNull(),
    status: text("status", { enum: ["invited", "active", "disabled", "reset_required"] }).notNull(),
    createdAt: moment("created_at").notNull(),
    updatedAt: moment("updated_at").notNull(),
    lastSignInAt: moment("last_sign_in_at"),
    /** Whether a second step is turned on, as far as Cognito has said; null while it has not. */
    hasSecondStep: boolean("has_second_step"),
    /** When their invitation was mailed last. */
    invitedAt: moment("invited_at"),
    /** Whether they sign in by the tenant's provider, as the pool or their last sign-in said. */
    comesByProvider: boolean("comes_by_provider").notNull().default(false),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.sub] }),
    index("members_by_creation").on(table.tenantId, table.createdAt, table.sub),
    ...tenantPolicies("members"),
  ],
);

/** How far a tenant's directory was read from the user pool, and who is changing its administrators. */
export const memberDirectories = pgTable(
  "member_directories",
  {
    tenantId: text("tenant_id").primaryKey(),
    /** When the pool was last gone through, or begun to be. */
    readAt: moment("read_at"),
    /** Until then somebody takes an administrator away: another one must wait, or none might be left. */
    heldUntil: moment("held_until"),
    holder: uuid("holder"),
  },
  () => tenantPolicies("member_directories"),
);

/**
 * What was done in a tenant, by whom. The application's role may add to it and read it, nothing else; it is kept for good
 * unless `RETENTION_DAYS` says otherwise.
 */
export const auditEvents = pgTable(
  "audit_events",
  {
    tenantId: text("tenant_id").notNull(),
    id: uuid("id").notNull(),
    action: text("action").notNull(),
    outcome: text("outcome", { enum: ["done", "refused", "begun", "withdrawn"] }).notNull(),
    /** Of an entry that is the end of another: that one. */
    begun: uuid("begun"),
    /** Null when nobody had proven who they are. */
    actorSub: text("actor_sub"),
    /** The e-mail address at that time, where it was known. */
    actorName: text("actor_name"),
    actorRole: text("actor_role").$type<Role>(),
    subjectId: text("subject_id"),
    subjectLabel: text("subject_label"),
    detail: jsonb("detail").$type<Record<string, string | number | boolean>>().notNull(),
    address: text("address"),
    createdAt: moment("created_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index("audit_events_by_creation").on(table.tenantId, table.createdAt, table.id),
    index("audit_events_by_begun").on(table.tenantId, table.begun),
    // The history of one thing.
    index("audit_events_by_subject").on(table.tenantId, table.subjectId, table.createdAt, table.id),
    index("audit_events_by_actor").on(table.tenantId, table.actorSub, table.createdAt, table.id),
    // Written in the order of its time, and asked for only by who deletes what is old.
    index("audit_events_by_age").using("brin", table.createdAt),
    ...tenantPolicies("audit_events"),
    endPolicy("audit_events", sql`created_at < now() - interval '90 days'`),
    erasurePolicy("audit_events"),
  ],
);

/** `off`: nobody comes by it. `required`: nobody of the tenant comes in any other way but one administrator. */
export const SINGLE_SIGN_ON_STATES = ["off", "on", "required"] as const;
export type SingleSignOnState = (typeof SINGLE_SIGN_ON_STATES)[number];

/** A tenant's own identity provider, as its administrators set it. What is secret of it Cognito alone has. */
export const singleSignOns = pgTable(
  "single_sign_ons",
  {
    tenantId: text("tenant_id").primaryKey(),
    /** Null while there is no provider; so are the others of it. */
    kind: text("kind", { enum: ["oidc", "saml"] }),
    issuer: text("issuer"),
    clientId: text("client_id"),
    scopes: text("scopes"),
    hasSecret: boolean("has_secret").notNull(),
    /** Whether it tells if an address is verified. Where it never does, the proved domain counts alone. */
    saysVerified: boolean("says_verified").notNull().default(true),
    /** Of SAML; null where the metadata were given as a text. */
    metadataUrl: text("metadata_url"),
    /** Whose names of people these are: another source's `alice` is somebody else. */
    source: text("source"),
    /** How often the provider was set or removed: another number is another wish, whatever else has changed. */
    providerVersion: integer("provider_version").notNull().default(0),
    /** False from the wish until Cognito has it. */
    isSettled: boolean("is_settled").notNull(),
    state: text("state", { enum: SINGLE_SIGN_ON_STATES }).notNull(),
    newcomerRole: text("newcomer_role", { enum: GIVEN_ROLES }).notNull(),
    emergencySub: uuid("emergency_sub"),
    /** When somebody last came back from the provider as it is now. */
    testedAt: moment("tested_at"),
    /** Who that was: what the provider called them, and their address. */
    testedSubject: text("tested_subject"),
    testedEmail: text("tested_email"),
    version: integer("version").notNull(),
    updatedAt: moment("updated_at").notNull(),
  },
  () => tenantPolicies("single_sign_ons"),
);

/** The e-mail domains that a tenant names. Several may name one; it is whose `proved_domains` says. */
export const signInDomains = pgTable(
  "sign_in_domains",
  {
    tenantId: text("tenant_id").notNull(),
    domain: text("domain").notNull(),
    /** What the record in the DNS must say. */
    token: text("token").notNull(),
    provedAt: moment("proved_at"),
    provedBy: text("proved_by", { enum: ["dns", "operator"] }),
    createdAt: moment("created_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.domain] }), ...tenantPolicies("sign_in_domains")],
);

/** Whose each e-mail domain is, for who has no tenant yet: of one tenant at the most. */
export const provedDomains = pgTable(
  "proved_domains",
  {
    domain: text("domain").primaryKey(),
    tenant: text("tenant").notNull(),
    provedAt: moment("proved_at").notNull(),
  },
  (table) => [index("proved_domains_by_tenant").on(table.tenant), ...platformPolicies("proved_domains")],
);

/** Who came by a tenant's provider and was let in. A token of anybody else who did is worth nothing. */
export const acceptedUsers = pgTable(
  "accepted_users",
  {
    sub: text("sub").primaryKey(),
    tenant: text("tenant").notNull(),
    username: text("username").notNull(),
    /** What the provider calls them. */
    subject: text("subject").notNull(),
    /** The last address that was accepted. */
    email: text("email"),
    /** An account that was there before, and has a password of its own. */
    isLinked: boolean("is_linked").notNull(),
    acceptedAt: moment("accepted_at").notNull(),
  },
  (table) => [index("accepted_users_by_tenant").on(table.tenant), ...platformPolicies("accepted_users")],
);

/** What one instance at a time may do, where it is done past the database. */
export const leases = pgTable(
  "leases",
  {
    name: text("name").primaryKey(),
    holder: uuid("holder"),
    heldUntil: moment("held_until"),
  },
  () => platformPolicies("leases"),
);

/**
 * The tenants that there are. Of the platform and not of a tenant: an operator must be able to find one, and `app_user`,
 * who works for one tenant, has no right to the list.
 */
export const tenants = pgTable(
  "tenants",
  {
    id: text("id").primaryKey(),
    /** What people call it. */
    name: text("name").notNull(),
    createdAt: moment("created_at").notNull(),
    /** From then on nobody of the tenant is served; null while they are. */
    suspendedAt: moment("suspended_at"),
    /** Its deletion was begun then, and is not at its end. */
    deletingAt: moment("deleting_at"),
    /** What is gone of it by now, what it failed for last, how often in a row, and when it is tried again. */
    deletedUsers: integer("deleted_users").notNull().default(0),
    deletedRows: bigint("deleted_rows", { mode: "number" }).notNull().default(0),
    deletionTrouble: text("deletion_trouble"),
    deletionTries: integer("deletion_tries").notNull().default(0),
    deletionAfter: moment("deletion_after"),
    /** Of its single sign-on what every request is judged by; the rest is in `single_sign_ons`. */
    singleSignOn: text("single_sign_on", { enum: SINGLE_SIGN_ON_STATES }).notNull().default("off"),
    /** The administrator whose password goes on while single sign-on is required: their `sub`. */
    emergencySub: text("emergency_sub"),
    /** How long a sign-in of its people may last, and a session lie unused; null: as long as the application allows. */
    sessionMinutes: integer("session_minutes"),
    sessionIdleMinutes: integer("session_idle_minutes"),
  },
  (table) => [
    index("tenants_by_creation").on(table.createdAt, table.id),
    index("tenants_being_deleted").on(table.id).where(sql`deleting_at is not null`),
    ...platformPolicies("tenants"),
    deletingPolicy(sql`deleting_at is not null`),
  ],
);

/**
 * What was done to a tenant as a whole, by whom: the platform's own record, which outlives the tenant. The application
 * may add to it and read it, nothing else.
 */
export const platformEvents = pgTable(
  "platform_events",
  {
    id: uuid("id").primaryKey(),
    /** Its id. No reference: the tenant may be gone. */
    tenant: text("tenant").notNull(),
    action: text("action").notNull(),
    outcome: text("outcome", { enum: ["done", "begun"] }).notNull(),
    /** Null for what was done by command. */
    actorSub: text("actor_sub"),
    actorName: text("actor_name"),
    detail: jsonb("detail").$type<Record<string, string | number>>().notNull(),
    createdAt: moment("created_at").notNull(),
  },
  (table) => [
    index("platform_events_by_tenant").on(table.tenant, table.createdAt, table.id),
    ...platformPolicies("platform_events"),
  ],
);

/** A browser's session. Only this row holds Cognito's tokens, encrypted; deleting it ends the session at once. */
export const sessions = pgTable(
  "sessions",
  {
    id: uuid("id").primaryKey(),
    sub: text("sub").notNull(),
    username: text("username").notNull(),
    /** Which app client the tokens belong to: `server` (own form) or `web` (Hosted UI). */
    client: text("client", { enum: ["server", "web"] }).notNull(),
    /** What the browser called itself, and where it came from: for the person to recognise. */
    userAgent: text("user_agent").notNull(),
    address: text("address").notNull(),
    sealedTokens: bytes("sealed_tokens").notNull(),
    tokensExpireAt: moment("tokens_expire_at").notNull(),
    /** Until then somebody else is refreshing: go on with the tokens at hand. */
    refreshingUntil: moment("refreshing_until").notNull(),
    /** The tenant that an operator chose to act in; heeded only for an operator, where `TENANT_STRICT=0`. */
    actingTenant: text("acting_tenant"),
    /** The tenant that they are at home in, whose limits it has; null while it is not known. */
    tenant: text("tenant"),
    createdAt: moment("created_at").notNull(),
    lastSeenAt: moment("last_seen_at").notNull(),
  },
  (table) => [
    index("sessions_by_sub").on(table.sub),
    index("sessions_by_age").on(table.createdAt),
    ...platformPolicies("sessions"),
  ],
);

/** The devices that a user signed in from; `device` is a hash of the device cookie. */
export const knownDevices = pgTable(
  "known_devices",
  {
    sub: text("sub").notNull(),
    device: text("device").notNull(),
    firstSeenAt: moment("first_seen_at").notNull(),
    /** The default is for the version before this column. */
    lastSeenAt: moment("last_seen_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.sub, table.device] }),
    index("known_devices_by_use").on(table.lastSeenAt),
    ...platformPolicies("known_devices"),
  ],
);

/**
 * Who has signed in to which account before, both hashed: their tries are counted apart, so that strangers who fail do
 * not keep them out. By the account's name and not its `sub`, which nobody knows before the sign-in.
 */
export const knownCallers = pgTable(
  "known_callers",
  {
    account: text("account").notNull(),
    mark: text("mark").notNull(),
    seenAt: moment("seen_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.account, table.mark] }),
    index("known_callers_by_use").on(table.seenAt),
    ...platformPolicies("known_callers"),
  ],
);

/** Counters of rate-limiter-flexible, in the shape that it asks for; `expire` is in milliseconds. */
export const rateLimits = pgTable(
  "rate_limits",
  {
    key: varchar("key", { length: 255 }).primaryKey(),
    points: integer("points").notNull().default(0),
    expire: bigint("expire", { mode: "number" }),
  },
  (table) => [index("rate_limits_by_end").on(table.expire), ...platformPolicies("rate_limits")],
);

/** Numbers what happens to somebody's access in the one order that no clock decides: sign-ins and endings. */
export const accessOrder = pgSequence("access_order");

/**
 * The latest ending of what was signed in for `sub`. A sign-in of ours that `sign_ins` knows goes by the order; one that
 * was made elsewhere by when it was, on Cognito's clock.
 */
export const notBefore = pgTable(
  "not_before",
  {
    sub: text("sub").primaryKey(),
    /** Sign-ins up to this second of Cognito's clock have ended. Null while it is not known: all of them have. */
    issuedAfter: bigint("issued_after", { mode: "number" }),
    /** The ending's place in the access order. */
    ending: bigint("ending", { mode: "number" }).notNull().default(0),
    /** Cognito's name of the user, and the tenant claim of whoever ended it: for what is still to be done. */
    username: text("username"),
    tenantClaim: text("tenant_claim"),
    /** Cognito has not confirmed it yet, and is asked again then; null when it has. */
    finishAfter: moment("finish_after"),
    /** Somebody is asking Cognito for it until then. */
    heldUntil: moment("held_until"),
    /** How often Cognito was asked for it. */
    tries: integer("tries").notNull().default(0),
  },
  (table) => [
    index("not_before_unfinished").on(table.finishAfter).where(sql`finish_after is not null`),
    ...platformPolicies("not_before"),
  ],
);

/** The sign-ins of the last days, and those that outlived a change of password or factors: `id` is their `origin_jti`. */
export const signIns = pgTable(
  "sign_ins",
  {
    sub: text("sub").notNull(),
    id: text("id").notNull(),
    /** Its place in the access order: it has ended when an ending of the same person came after it. */
    number: bigint("number", { mode: "number" }).notNull(),
    expiresAt: moment("expires_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.sub, table.id] }),
    index("sign_ins_by_age").on(table.expiresAt),
    ...platformPolicies("sign_ins"),
  ],
);

/** What instances tell each other, for those that cannot listen: there are rows while one of them reads, and for minutes. */
export const notices = pgTable(
  "notices",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    payload: text("payload").notNull(),
    /** Who reads goes by the order of transactions: one that ends late is not passed over. */
    saidBy: transactionId("said_by").notNull().default(sql`pg_current_xact_id()`),
    saidAt: moment("said_at").notNull().defaultNow(),
  },
  (table) => [
    index("notices_by_transaction").on(table.saidBy),
    index("notices_by_age").on(table.saidAt),
    ...platformPolicies("notices"),
  ],
);

/** The instances that read `notices`, a row each. */
export const noticeReaders = pgTable(
  "notice_readers",
  {
    id: uuid("id").primaryKey(),
    seenAt: moment("seen_at").notNull(),
  },
  () => platformPolicies("notice_readers"),
);
