import { join } from "node:path";
import { env } from "../env";
import { translateDatabaseError, UnfitDatabaseError } from "./errors";
import { explainRefusal } from "./fitness";
import { type Guard, guarded, guardsToAsk, leave } from "./guards";
import type { Listen } from "./listen";
import type { Database, Opened, Query, Reads } from "./opened";
import { Outage } from "./outage";

/** Next evaluates this module several times in one process; PGlite must be opened once. */
const shared = globalThis as typeof globalThis & {
  sekishoDatabase?: Promise<Opened> | undefined;
  sekishoOutage?: Outage;
};
shared.sekishoOutage ??= new Outage();
const outage = shared.sekishoOutage;

/**
 * The database of this process, opened at the first call: PostgreSQL when `DATABASE_URL` is set, else PGlite in
 * `DATA_DIR`. Outside `withTenant` its role is `app_session`, which sees no tenant's rows.
 *
 * @throws AppError `database_unavailable`; UnfitDatabaseError; FolderLockedError. The next call tries again.
 */
export async function database(): Promise<Database> {
  return (await opened()).db;
}

function opened(): Promise<Opened> {
  shared.sekishoDatabase ??= open().catch((error) => {
    shared.sekishoDatabase = undefined;
    throw error instanceof UnfitDatabaseError ? error : translateDatabaseError(error);
  });
  return shared.sekishoDatabase;
}

/** Closes the database of this process, if it was opened. */
export async function closeDatabase(): Promise<void> {
  const closing = shared.sekishoDatabase;
  shared.sekishoDatabase = undefined;
  await (await closing)?.close();
}

/** Runs SQL that a library brings along, outside any tenant; what fails comes out as the driver threw it. */
export async function rawQuery(query: Query): Promise<{ rows: unknown[] }> {
  return (await opened()).query(query);
}

/** Hears the notifications of a channel; `Listen` says how. @throws as `database`, and what the driver throws. */
export const listen: Listen = async (...wanted) => (await opened()).listen(...wanted);

/** Runs one query or transaction outside any tenant; its failures come out as translateDatabaseError says. */
export function withDatabase<T>(work: (db: Database) => Promise<T>): Promise<T> {
  return withOpened(({ db }) => work(db));
}

/** The same for what only reads: what is asked at the same time is one round trip, and takes guards along. */
export function readDatabase<T>(work: (reads: Reads) => Promise<T>): Promise<T> {
  return withOpened(({ reads }) => reads(null, work));
}

/** The same with all that an open database can do. */
export async function withOpened<T>(work: (opened: Opened) => Promise<T>): Promise<T> {
  try {
    return await work(await opened());
  } catch (error) {
    throw translateDatabaseError(error);
  }
}

/**
 * Has a guard asked: with what is asked next, inside `guardedRequest`, or at once.
 *
 * @throws AppError what it refuses with, `database_unavailable`.
 */
export function ask(guard: Guard): Promise<void> {
  return withOpened(async (own) => {
    if (!own.takesGuardsAlong || !leave(guard)) await own.ask([guard]);
  });
}

/** Asks now what was left to what is asked next: before something is done past the database. @throws as `ask`. */
export async function settleGuards(): Promise<void> {
  const guards = guardsToAsk();
  if (guards.length > 0) await withOpened((own) => own.ask(guards));
}

/** Carries a request out whose guards go along with what it asks; `guarded` says how. @throws as `ask` and `work`. */
export function guardedRequest<T>(work: () => Promise<T>): Promise<T> {
  return guarded(work, settleGuards);
}

/** Each driver is loaded where it is used: PGlite is a database of its own. */
async function open(): Promise<Opened> {
  const { DATABASE_URL, DATA_DIR, ...settings } = env();
  if (DATABASE_URL === undefined) {
    const { openPglite } = await import("./open-pglite");
    return openPglite(join(DATA_DIR, "db")).catch(explainFolder);
  }
  const { openPostgres } = await import("./open-postgres");
  return openPostgres({ ...settings, DATABASE_URL }, outage).catch((error) => {
    throw explainRefusal(error);
  });
}

/** A folder that cannot be written is no database that is away. */
function explainFolder(error: NodeJS.ErrnoException): never {
  if (!/^(EACCES|EPERM|EROFS|ENOTDIR|EEXIST)$/.test(error.code ?? "")) throw error;
  throw new UnfitDatabaseError(`DATA_DIR cannot be written: ${error.message}.`);
}
