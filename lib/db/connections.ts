import { setTimeout as sleep } from "node:timers/promises";
import {
  type ClientBase,
  Pool,
  type PoolClient,
  type PoolConfig,
  type QueryConfig,
  type QueryResult,
} from "pg";
import { gauge } from "../telemetry/telemetry";
import { becomingTenant } from "./become-tenant";
import { drizzleOver } from "./drizzle-over";
import { isConflict, isDecision, isWrongPassword } from "./errors";
import type { LoginPassword } from "./fetched-password";
import { explainRefusal, explainRole } from "./fitness";
import { type Guard, guardsToAsk, judgeAll } from "./guards";
import { LimitedClient, type LimitedConfig, SilentServerError } from "./limited-client";
import type { Database, Opened } from "./opened";
import type { Outage } from "./outage";
import { ReadsOfRequests } from "./reads-of-requests";
import { type Opening, TransactionClient } from "./transaction-client";
import { TurnClient } from "./turn-client";

/** How often a transaction is carried out whose rows others write at the same time. */
const MOST_TRIES = 4;
const FIRST_PAUSE_MS = 20;

const READ_ONLY = { text: "select set_config('transaction_read_only', 'on', true)" };

/** A connection of the pool. */
type Held = LimitedClient & Pick<PoolClient, "release">;

/**
 * The connections of this process to a PostgreSQL server, or to a pooler before it. Nothing is set for a connection, which
 * a pooler would drop or hand on to others: every transaction sets what it needs for itself.
 */
export class Connections {
  readonly #pool: Pool;
  /**
   * For one transaction: the role that sees no tenant's rows, how long it may take, and that a statement with a name is
   * planned for its values, as one tenant may have more rows than all others.
   */
  readonly #settings: QueryConfig;
  readonly #idle = new Set<ClientBase>();
  readonly #password: LoginPassword;
  readonly #outage: Outage;
  readonly #together = new ReadsOfRequests();

  /** @param queryMs how long the server may take for a statement, and a transaction between two. */
  constructor(config: PoolConfig & LimitedConfig, queryMs: number, password: LoginPassword, outage: Outage) {
    this.#password = password;
    this.#outage = outage;
    this.#settings = {
      text: `select set_config('role', 'app_session', true), set_config('statement_timeout', $1, true),
        set_config('idle_in_transaction_session_timeout', $1, true),
        set_config('plan_cache_mode', 'force_custom_plan', true)`,
      values: [String(queryMs)],
    };
    this.#pool = new Pool({
      ...config,
      Client: LimitedClient as PoolConfig["Client"] & typeof LimitedClient,
    });
    // A connection that breaks ends the process unless both listen: the pool while it is idle, its own while in use.
    this.#pool.on("error", () => undefined);
    this.#pool.on("connect", (client) => {
      client.on("error", (error) => this.#broke(error));
    });
    this.#pool.on("acquire", (client) => this.#idle.delete(client));
    this.#pool.on("release", (_error, client) => this.#idle.add(client));
    this.#pool.on("remove", (client) => this.#idle.delete(client));
    this.#measure();
  }

  /**
   * One statement in a transaction of its own. It may write: what guards say is known before.
   *
   * @throws what the driver throws; UnfitDatabaseError; AppError of a guard.
   */
  async query(query: QueryConfig, values = query.values): Promise<QueryResult> {
    await this.ask(guardsToAsk());
    const [result] = await this.#fly(this.#opening(null), [
      values === undefined ? query : { ...query, values },
    ]);
    if (!result) throw new Error("the server did not answer");
    return result;
  }

  /** Asks guards by themselves. @throws as `query`. */
  async ask(guards: readonly Guard[]): Promise<void> {
    if (guards.length > 0) await this.#fly(this.#opening(null, guards), []);
  }

  /**
   * Drizzle's own transaction over a pool keeps the connection for good when its BEGIN fails: a few restarts of the
   * server, and the pool is empty. Carried out anew when PostgreSQL took it back because of others: whatever `work`
   * does must be done in its transaction.
   */
  readonly transaction: Database["transaction"] = (work, config) =>
    repeated(() =>
      this.#use((client) => {
        const own = new TransactionClient(client, this.#opening(null, guardsToAsk()));
        return drizzleOver(own).transaction(work, config);
      }),
    );

  /** The same for one tenant, whose role and id are set with BEGIN. */
  readonly tenantTransaction: Opened["tenantTransaction"] = (tenantId, work) =>
    repeated(() =>
      this.#use((client) => {
        const own = new TransactionClient(client, this.#opening(tenantId, guardsToAsk()));
        return drizzleOver(own).transaction(work);
      }),
    );

  /** What is asked in one turn is one transaction that only reads, and one round trip, whoever of a request asks it. */
  readonly reads: Opened["reads"] = (tenantId, work) => {
    const together = this.#together.of(tenantId, (statements) =>
      this.#fly(this.#opening(tenantId, guardsToAsk(), { isReading: true }), statements),
    );
    return work(drizzleOver(new TurnClient(together)));
  };

  /** What every transaction begins with; its first statement sets a role, and guards come next. */
  #opening(tenantId: string | null, guards: readonly Guard[] = [], { isReading = false } = {}): Opening {
    const asked = guards.map(({ statement }) => statement);
    const judge = (results: QueryResult[]) => judgeAll(guards, results.slice(1));
    const own =
      tenantId === null ? (isReading ? [READ_ONLY] : []) : [becomingTenant(tenantId, { isReading })];
    return { statements: [this.#settings, ...asked, ...own], judge };
  }

  /** Statements after an opening, all in one transaction. */
  #fly({ statements, judge }: Opening, asked: QueryConfig[]): Promise<QueryResult[]> {
    return repeated(() =>
      this.#use(async (client) => {
        const results = await client.fly([...statements, ...asked], asked);
        judge(results);
        return results.slice(statements.length);
      }),
    );
  }

  end(): Promise<void> {
    return this.#pool.end();
  }

  #measure(): void {
    const pool = this.#pool;
    const state = (name: string, value: number) => ({
      value,
      attributes: { "db.client.connection.state": name },
    });
    gauge("db.client.connection.count", () => [
      state("idle", pool.idleCount),
      state("used", pool.totalCount - pool.idleCount),
    ]);
    gauge("db.client.connection.max", () => [{ value: pool.options.max }]);
    gauge("db.client.connection.pending_requests", () => [{ value: pool.waitingCount }]);
  }

  /** A connection whose work failed other than by our own decision is not used again: its rollback may have failed too. */
  async #use<T>(work: (client: Held) => Promise<T>): Promise<T> {
    const client = await this.#connect();
    let isSound = false;
    try {
      const result = await work(client);
      isSound = true;
      this.#outage.served();
      return result;
    } catch (error) {
      isSound = isDecision(error);
      if (isSound) throw error;
      const explained = explainRole(error);
      this.#outage.failed(explained);
      throw explained;
    } finally {
      client.release(!isSound);
    }
  }

  /** Once more where the password was another one by now. */
  async #connect(): Promise<Held> {
    const since = performance.now();
    try {
      return await this.#take().catch((error) => {
        if (isWrongPassword(error) && this.#password.refused(since)) return this.#take();
        throw error;
      });
    } catch (error) {
      const explained = explainRefusal(error);
      this.#outage.failed(explained);
      throw explained;
    }
  }

  async #take(): Promise<Held> {
    while (true) {
      const client = (await this.#pool.connect()) as unknown as Held;
      if (!client.connection.stream.destroyed) return client;
      // Destroyed a moment ago; the pool has not heard of it.
      client.release(true);
    }
  }

  /** Where one connection has gone silent, the idle ones have too: each would cost a request its time to find out. */
  #broke(error: Error): void {
    this.#outage.failed(error);
    if (!(error instanceof SilentServerError)) return;
    const suspects = [...this.#idle];
    this.#idle.clear();
    for (const client of suspects) (client as LimitedClient).destroy(error);
  }
}

/** Not all at the same time again. @throws what `work` throws last. */
async function repeated<T>(work: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await work();
    } catch (error) {
      if (tried === MOST_TRIES || !isConflict(error)) throw error;
      await sleep(FIRST_PAUSE_MS * 2 ** tried * Math.random());
    }
  }
}
