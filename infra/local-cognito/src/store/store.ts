import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Client } from "../model/client";
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
import type { Group, Pool } from "../model/pool";
import type { ChallengeSession, Grant, Message, PoolKeys, User } from "../model/user";
import { type Entry, Journal } from "./journal";
import { Table } from "./table";

interface Records {
  pools: Pool;
  keys: PoolKeys;
  clients: Client;
  groups: Group;
  users: User;
  grants: Grant;
  challenges: ChallengeSession;
  messages: Message;
  codes: AuthorizationCode;
  sessions: HostedSession;
  domains: Domain;
  resourceServers: ResourceServer;
  uiCustomizations: UiCustomization;
  terms: Terms;
  brandings: Branding;
  importJobs: ImportJob;
  identityProviders: IdentityProvider;
  federations: Federation;
}
export type TableName = keyof Records;
type Tables = { [T in TableName]: Table<Records[T]> };

/** A record to be written, or (null) deleted. Made by `put` and `drop`. */
export type Change = { [T in TableName]: { table: T; id: string; record: Records[T] | null } }[TableName];

const identify: { [T in TableName]: (record: Records[T]) => string } = {
  pools: (pool) => pool.id,
  keys: (keys) => keys.poolId,
  clients: (client) => client.id,
  groups: (group) => join2(group.poolId, group.name),
  users: (user) => join2(user.poolId, user.username),
  grants: (grant) => grant.eventId,
  challenges: (challenge) => challenge.sessionHash,
  messages: (message) => message.id,
  codes: (code) => code.codeHash,
  sessions: (session) => session.cookieHash,
  domains: (domain) => domain.name,
  resourceServers: (server) => join2(server.poolId, server.identifier),
  uiCustomizations: (customization) => join2(customization.poolId, customization.clientId),
  terms: (terms) => terms.id,
  brandings: (branding) => branding.id,
  importJobs: (job) => job.id,
  identityProviders: (provider) => join2(provider.poolId, provider.name),
  federations: (federation) => federation.stateHash,
};

/** The id of what is named only within something else (a user within a pool). */
export function join2(outer: string, inner: string): string {
  return `${outer}/${inner}`;
}

/** What finds a user by an identity: any text can be in each part. */
export function identityKey(
  poolId: string,
  { providerName, attribute, userId }: Pick<Identity, "providerName" | "attribute" | "userId">,
): string {
  return JSON.stringify([poolId, providerName, attribute, userId]);
}

export function put<T extends TableName>(table: T, record: Records[T]): Change {
  return { table, id: identify[table](record), record } as Change;
}

export function drop<T extends TableName>(table: T, record: Records[T]): Change {
  return { table, id: identify[table](record), record: null } as Change;
}

const SWEEP_EVERY_MS = 60_000;
/** An access token lives a day at most and is looked up by its grant, even where the refresh token died first. */
const GRANT_KEPT_MS = 24 * 60 * 60_000;
/** So that a late answer gets "expired" instead of "invalid". */
const CHALLENGE_KEPT_MS = 60 * 60_000;
/** So that a code used twice is recognised, and what its first use gave is revoked. */
const CODE_KEPT_MS = 24 * 60 * 60_000;
const MESSAGES_KEPT = 1_000;
/** Lines beyond twice the live records before the file is rewritten: small files are not worth it. */
const SLACK_LINES = 2_000;

/**
 * All state: in memory, indexed, and behind it a journal that makes every commit durable first.
 * Writing costs what the change costs, whatever the size of the pool.
 */
export class Store {
  readonly tables: Tables = {
    pools: new Table(),
    keys: new Table(),
    clients: new Table({ pool: (client) => [client.poolId] }),
    groups: new Table({ pool: (group) => [group.poolId] }),
    users: new Table({
      pool: (user) => [user.poolId],
      name: (user) => user.names.map((name) => join2(user.poolId, name)),
      identity: (user) => (user.identities ?? []).map((identity) => identityKey(user.poolId, identity)),
    }),
    grants: new Table({
      user: (grant) => [join2(grant.poolId, grant.username)],
      refresh: (grant) => [grant.refreshHash, ...(grant.rotated ?? []).map((token) => token.hash)],
    }),
    challenges: new Table({ user: (challenge) => [join2(challenge.poolId, challenge.username)] }),
    messages: new Table({ pool: (message) => [message.poolId] }),
    codes: new Table({ pool: (code) => [code.poolId] }),
    sessions: new Table({
      pool: (session) => [session.poolId],
      user: (session) => [join2(session.poolId, session.username)],
    }),
    domains: new Table({ pool: (domain) => [domain.poolId] }),
    resourceServers: new Table({ pool: (server) => [server.poolId] }),
    uiCustomizations: new Table({ pool: (customization) => [customization.poolId] }),
    terms: new Table({ pool: (terms) => [terms.poolId] }),
    brandings: new Table({ pool: (branding) => [branding.poolId] }),
    importJobs: new Table({ pool: (job) => [job.poolId] }),
    identityProviders: new Table({ pool: (provider) => [provider.poolId] }),
    federations: new Table({ pool: (federation) => [federation.poolId] }),
  };
  private readonly journal: Journal | undefined;
  private lines = 0;
  private sweptAt = 0;

  /**
   * @param folder which the caller has locked; without one, what is committed is in memory alone.
   * @throws DamagedJournalError
   */
  constructor(
    folder: string | undefined,
    private readonly now: () => number,
  ) {
    if (folder === undefined) return;
    mkdirSync(folder, { recursive: true });
    this.journal = Journal.open(join(folder, "state.jsonl"), (entries) => {
      for (const [table, id, record] of entries) this.apply({ table, id, record } as Change);
      this.lines += 1;
    });
    this.compactWhenWorthwhile();
  }

  /** Makes the changes, all or none. On return they survive the death of the process. */
  commit(changes: Change[]): void {
    this.write([...changes, ...this.expired()]);
  }

  /** Drops every record of every table. */
  clear(): void {
    this.write(this.everything().map((change) => ({ ...change, record: null })));
  }

  /** Every record, as a change that would write it. */
  everything(): Change[] {
    return [...this.allEntries()].map(([table, id, record]) => ({ table, id, record }) as Change);
  }

  close(): void {
    this.journal?.close();
  }

  private write(changes: Change[]): void {
    if (changes.length === 0) return;
    this.journal?.append(changes.map(({ table, id, record }) => [table, id, record]));
    for (const change of changes) this.apply(change);
    this.lines += 1;
    this.compactWhenWorthwhile();
  }

  private apply<T extends TableName>(change: { table: T; id: string; record: Records[T] | null }): void {
    this.tables[change.table].set(change.id, change.record);
  }

  /** Once a minute: what has run out, so that neither memory nor the file grows with the number of sign-ins. */
  private expired(): Change[] {
    const now = this.now();
    // Also when the clock was set back, or the next sweep would wait for it to catch up.
    if (Math.abs(now - this.sweptAt) < SWEEP_EVERY_MS) return [];
    this.sweptAt = now;
    const { grants, challenges, messages, codes, sessions, federations } = this.tables;
    const changes: Change[] = [];
    for (const [, grant] of grants.entries())
      if (grant.expiresAt + GRANT_KEPT_MS <= now) changes.push(drop("grants", grant));
    for (const [, challenge] of challenges.entries()) {
      if (challenge.expiresAt + CHALLENGE_KEPT_MS <= now) changes.push(drop("challenges", challenge));
    }
    for (const [, code] of codes.entries())
      if (code.expiresAt + CODE_KEPT_MS <= now) changes.push(drop("codes", code));
    for (const [, session] of sessions.entries())
      if (session.expiresAt <= now) changes.push(drop("sessions", session));
    for (const [, federation] of federations.entries())
      if (federation.expiresAt <= now) changes.push(drop("federations", federation));
    let surplus = messages.size - MESSAGES_KEPT;
    for (const [, message] of messages.entries()) {
      if (surplus-- <= 0) break;
      changes.push(drop("messages", message));
    }
    return changes;
  }

  private compactWhenWorthwhile(): void {
    const live = Object.values(this.tables).reduce((sum, table) => sum + table.size, 0);
    if (this.lines <= 2 * live + SLACK_LINES) return;
    try {
      this.journal?.rewrite(this.allEntries());
    } catch (error) {
      // What was committed is safe in the longer file; a full disk must not make it look refused.
      console.error("The local Cognito could not shorten its state file:", error);
    }
    this.lines = live;
  }

  private *allEntries(): Generator<Entry> {
    for (const [name, table] of Object.entries(this.tables)) {
      for (const [id, record] of table.entries()) yield [name, id, record];
    }
  }
}
