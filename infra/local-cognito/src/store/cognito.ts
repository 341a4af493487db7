import type { Client } from "../model/client";
import { resourceNotFound, userNotFound } from "../model/failures";
import type {
  AuthorizationCode,
  Branding,
  Domain,
  HostedSession,
  ResourceServer,
  Terms,
  UiCustomization,
} from "../model/hosted";
import type { Federation, Identity, IdentityProvider } from "../model/identity-provider";
import type { ImportJob } from "../model/import-job";
import { DEFAULT_REGION, type Group, type Pool } from "../model/pool";
import type { ChallengeSession, Grant, Message, PoolKeys, SoftwareTokenSecret, User } from "../model/user";
import { PretendedCodes } from "../rules/pretended-codes";
import { folded } from "../rules/username";
import { newPoolKeys } from "../tokens/keys";
import { KmsKeys } from "../tokens/kms-key";
import type { Triggers } from "../tokens/trigger";
import { type Change, drop, identityKey, join2, put, type Store } from "./store";

interface Surroundings {
  /** Milliseconds since the epoch. */
  now: () => number;
  /** Where browsers find the server: its Hosted UI. */
  url: string;
  /** Where servers do, and what issuers begin with: the same if absent. */
  issuerBase?: string | undefined;
  /** Of new pools. */
  region?: string | undefined;
  /** In ARNs: twelve digits. */
  accountId?: string | undefined;
  triggers?: Triggers | undefined;
  softwareTokenSecret?: SoftwareTokenSecret | undefined;
  /** Whether clients without a secret must use PKCE. */
  requiresPkce?: boolean | undefined;
}

/** A pool and where it is: what is handed on when something is done in it. */
export interface InPool {
  cognito: Cognito;
  pool: Pool;
}

/** The same, done through one of its clients. */
export interface ThroughClient extends InPool {
  client: Client;
}

/** What the operations work on: the state by name, the clock, the triggers and the address. */
export class Cognito {
  readonly now: () => number;
  readonly triggers: Triggers;
  readonly url: string;
  readonly issuerBase: string;
  readonly region: string;
  readonly accountId: string;
  readonly softwareTokenSecret: SoftwareTokenSecret;
  readonly requiresPkce: boolean;

  constructor(
    private readonly store: Store,
    {
      now,
      url,
      issuerBase = url,
      region = DEFAULT_REGION,
      accountId = "000000000000",
      ...more
    }: Surroundings,
  ) {
    const { triggers = {}, softwareTokenSecret = () => undefined, requiresPkce = false } = more;
    this.now = now;
    this.url = url;
    this.issuerBase = issuerBase;
    this.region = region;
    this.accountId = accountId;
    this.triggers = triggers;
    this.softwareTokenSecret = softwareTokenSecret;
    this.requiresPkce = requiresPkce;
  }

  private readonly keysToCome = new Map<string, Promise<PoolKeys>>();

  /** The clients that the log has warned of. */
  readonly warned = new Set<string>();

  /** What codes for custom senders are encrypted with. */
  readonly kmsKeys = new KmsKeys();

  /** Codes that nobody was sent, for names that do not exist: see `PretendedCodes`. */
  readonly pretended = new PretendedCodes();

  issuer(poolId: string): string {
    return `${this.issuerBase}/${poolId}`;
  }

  commit(...changes: Change[]): void {
    this.store.commit(changes);
  }

  /** Empties everything: no pool is left. */
  clear(): void {
    this.store.clear();
    this.pretended.clear();
  }

  pools(): Pool[] {
    return [...this.store.tables.pools.entries()].map(([, pool]) => pool);
  }

  /** @throws ResourceNotFoundException */
  pool(id: string): Pool {
    const pool = this.store.tables.pools.get(id);
    if (!pool) throw resourceNotFound.pool(id);
    return pool;
  }

  /** @throws ResourceNotFoundException */
  inPool(id: string): InPool {
    return { cognito: this, pool: this.pool(id) };
  }

  /** Undefined where `pool` would throw. */
  poolOf(id: string): Pool | undefined {
    return this.store.tables.pools.get(id);
  }

  /** Undefined as long as nothing was signed with them. */
  keys(poolId: string): PoolKeys | undefined {
    return this.store.tables.keys.get(poolId);
  }

  /** The same, made when they are first needed: RSA keys take a while, and many a pool signs nothing. */
  async signingKeys(poolId: string): Promise<PoolKeys | undefined> {
    const keys = this.keys(poolId);
    if (keys || !this.poolOf(poolId)) return keys;
    // One pair for all concurrent callers, so that every token verifies with the published keys.
    const making = this.keysToCome.get(poolId) ?? this.makeKeys(poolId);
    this.keysToCome.set(poolId, making);
    return making;
  }

  private async makeKeys(poolId: string): Promise<PoolKeys> {
    try {
      const keys = await newPoolKeys(poolId);
      // Meanwhile the pool may have been deleted.
      if (this.poolOf(poolId)) this.commit(put("keys", keys));
      return keys;
    } finally {
      this.keysToCome.delete(poolId);
    }
  }

  clients(pool: Pool): Client[] {
    return this.store.tables.clients.find("pool", pool.id);
  }

  /** @param pool when given, a client of another pool does not exist. @throws ResourceNotFoundException */
  client(id: string, pool?: Pool): Client {
    const client = this.store.tables.clients.get(id);
    if (!client || (pool && client.poolId !== pool.id)) throw resourceNotFound.client(id);
    return client;
  }

  /** @param pool as for `client`. @throws ResourceNotFoundException */
  throughClient(id: string, pool?: Pool): ThroughClient {
    const client = this.client(id, pool);
    return { ...this.inPool(client.poolId), client };
  }

  /** Undefined where `client` would throw. */
  clientOf(id: string): Client | undefined {
    return this.store.tables.clients.get(id);
  }

  groups(pool: Pool): Group[] {
    return this.store.tables.groups.find("pool", pool.id);
  }

  /** @throws ResourceNotFoundException */
  group(pool: Pool, name: string): Group {
    const group = this.store.tables.groups.get(join2(pool.id, name));
    if (!group) throw resourceNotFound.group();
    return group;
  }

  /** The user's groups, strongest (lowest precedence) first. */
  groupsOf(user: User): Group[] {
    const strength = (group: Group) => group.precedence ?? Number.POSITIVE_INFINITY;
    return user.groups
      .map((name) => this.store.tables.groups.get(join2(user.poolId, name)))
      .filter((group) => group !== undefined)
      .sort((a, b) => (strength(a) === strength(b) ? (a.name < b.name ? -1 : 1) : strength(a) - strength(b)));
  }

  users(pool: Pool): User[] {
    return this.store.tables.users.find("pool", pool.id);
  }

  countUsers(pool: Pool): number {
    return this.store.tables.users.count("pool", pool.id);
  }

  /** By exact username (what tokens carry). */
  user(poolId: string, username: string): User | undefined {
    return this.store.tables.users.get(join2(poolId, username));
  }

  /** By whatever the user may be called: username, or the e-mail of an e-mail pool. */
  userNamed(pool: Pool, name: string): User | undefined {
    return this.store.tables.users.find("name", join2(pool.id, folded(pool, name)))[0];
  }

  /** By who they are at a provider. */
  userIdentified(
    pool: Pool,
    identity: Pick<Identity, "providerName" | "attribute" | "userId">,
  ): User | undefined {
    return this.store.tables.users.find("identity", identityKey(pool.id, identity))[0];
  }

  /** @throws UserNotFoundException */
  existingUser(pool: Pool, name: string): User {
    const user = this.userNamed(pool, name);
    if (!user) throw userNotFound();
    return user;
  }

  grant(eventId: string): Grant | undefined {
    return this.store.tables.grants.get(eventId);
  }

  grantOfRefresh(refreshHash: string): Grant | undefined {
    return this.store.tables.grants.find("refresh", refreshHash)[0];
  }

  grantsOf(user: User): Grant[] {
    return this.store.tables.grants.find("user", join2(user.poolId, user.username));
  }

  challenge(sessionHash: string): ChallengeSession | undefined {
    return this.store.tables.challenges.get(sessionHash);
  }

  challengesOf(user: User): ChallengeSession[] {
    return this.store.tables.challenges.find("user", join2(user.poolId, user.username));
  }

  /** Oldest first. */
  messages(pool?: Pool): Message[] {
    if (pool) return this.store.tables.messages.find("pool", pool.id);
    return [...this.store.tables.messages.entries()].map(([, message]) => message);
  }

  code(codeHash: string): AuthorizationCode | undefined {
    return this.store.tables.codes.get(codeHash);
  }

  hostedSession(cookieHash: string): HostedSession | undefined {
    return this.store.tables.sessions.get(cookieHash);
  }

  /** The browsers in which the user is signed in at the Hosted UI. */
  hostedSessionsOf(user: User): HostedSession[] {
    return this.store.tables.sessions.find("user", join2(user.poolId, user.username));
  }

  domain(name: string): Domain | undefined {
    return this.store.tables.domains.get(name);
  }

  domains(pool: Pool): Domain[] {
    return this.store.tables.domains.find("pool", pool.id);
  }

  resourceServer(pool: Pool, identifier: string): ResourceServer | undefined {
    return this.store.tables.resourceServers.get(join2(pool.id, identifier));
  }

  resourceServers(pool: Pool): ResourceServer[] {
    return this.store.tables.resourceServers.find("pool", pool.id);
  }

  uiCustomization(pool: Pool, clientId: string): UiCustomization | undefined {
    return this.store.tables.uiCustomizations.get(join2(pool.id, clientId));
  }

  uiCustomizations(pool: Pool): UiCustomization[] {
    return this.store.tables.uiCustomizations.find("pool", pool.id);
  }

  terms(pool: Pool): Terms[] {
    return this.store.tables.terms.find("pool", pool.id);
  }

  brandings(pool: Pool): Branding[] {
    return this.store.tables.brandings.find("pool", pool.id);
  }

  importJobs(pool: Pool): ImportJob[] {
    return this.store.tables.importJobs.find("pool", pool.id);
  }

  importJob(id: string): ImportJob | undefined {
    return this.store.tables.importJobs.get(id);
  }

  identityProvider(pool: Pool, name: string): IdentityProvider | undefined {
    return this.store.tables.identityProviders.get(join2(pool.id, name));
  }

  identityProviders(pool: Pool): IdentityProvider[] {
    return this.store.tables.identityProviders.find("pool", pool.id);
  }

  federation(stateHash: string): Federation | undefined {
    return this.store.tables.federations.get(stateHash);
  }

  /** What the pool has for its Hosted UI, all of which goes with it. */
  hostedRecords(pool: Pool): Change[] {
    const { codes, sessions, resourceServers, uiCustomizations, terms, brandings } = this.store.tables;
    const { identityProviders, federations } = this.store.tables;
    return [
      ...codes.find("pool", pool.id).map((code) => drop("codes", code)),
      ...sessions.find("pool", pool.id).map((session) => drop("sessions", session)),
      ...resourceServers.find("pool", pool.id).map((server) => drop("resourceServers", server)),
      ...uiCustomizations.find("pool", pool.id).map((each) => drop("uiCustomizations", each)),
      ...terms.find("pool", pool.id).map((each) => drop("terms", each)),
      ...brandings.find("pool", pool.id).map((each) => drop("brandings", each)),
      ...identityProviders.find("pool", pool.id).map((provider) => drop("identityProviders", provider)),
      ...federations.find("pool", pool.id).map((federation) => drop("federations", federation)),
    ];
  }
}
