import { AsyncLocalStorage } from "node:async_hooks";
import type { QueryConfig, QueryResult } from "pg";

/** A question to the database, as `app_session`, whose answer decides whether anything of a request counts. */
export type Guard = {
  statement: QueryConfig & { text: string };
  /** @throws AppError what the caller is refused with. */
  judge: (rows: unknown[]) => void;
};

/** Those of one request that were not answered yet, null once it is over; and what one of them refused it with. */
type Pending = { guards: Guard[] | null; refusal?: unknown };

/** Next evaluates this module several times in one process: who opened the database has another copy than a route. */
const shared = globalThis as typeof globalThis & { sekishoGuards?: AsyncLocalStorage<Pending> };
shared.sekishoGuards ??= new AsyncLocalStorage();
const pending = shared.sekishoGuards;

/**
 * Carries `work` out with guards that go to the server with whatever it asks there next: nothing that it reads reaches it,
 * and nothing that it writes is committed, before each has been judged. What is left at the end is asked then.
 *
 * @param settle asks what is left: `settleGuards`.
 * @throws what a guard is refused with, before anything that `work` throws.
 */
export function guarded<T>(work: () => Promise<T>, settle: () => Promise<void>): Promise<T> {
  const own: Pending = { guards: [] };
  return pending.run(own, async () => {
    try {
      const result = await work();
      await settle();
      return result;
    } catch (error) {
      await settle();
      throw error;
    } finally {
      // A stream that goes on asks by itself.
      own.guards = null;
    }
  });
}

/** Carries out what is not of one request alone: others may wait for it, and are not to be refused with its guards. */
export function apart<T>(work: () => Promise<T>): Promise<T> {
  return pending.exit(work);
}

/** Leaves a question to what is asked next. @returns whether something will be. */
export function leave(guard: Guard): boolean {
  const guards = pending.getStore()?.guards;
  guards?.push(guard);
  return guards !== null && guards !== undefined;
}

/** What tells apart whose guards go along with what is asked here; undefined where there are none. */
export function guardsOwner(): object | undefined {
  return pending.getStore();
}

/**
 * The questions to take along now. They are left until they are judged well: a flight may fail, and be passed over.
 *
 * @throws what one of them refused the request with before.
 */
export function guardsToAsk(): readonly Guard[] {
  const own = pending.getStore();
  if (!own?.guards) return [];
  if (own.refusal) throw own.refusal;
  return [...own.guards];
}

/** Judges the answers to them. @throws AppError of the first that refuses. */
export function judgeAll(guards: readonly Guard[], results: readonly QueryResult[]): void {
  const own = pending.getStore();
  for (const [index, { judge }] of guards.entries()) {
    const result = results[index];
    if (!result) throw new Error("the server did not answer a guard");
    try {
      judge(result.rows);
    } catch (refusal) {
      if (own) own.refusal = refusal;
      throw refusal;
    }
  }
  if (own?.guards) own.guards = own.guards.filter((each) => !guards.includes(each));
}
