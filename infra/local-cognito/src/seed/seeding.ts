import type { Change, Store } from "../store/store";
import { recordsOf } from "./apply";
import { readDocument } from "./document";
import { type Seed, SeedError } from "./seed";

/** Of a server that has a seed: what it holds at the beginning. */
export interface Seeding {
  /** The seed's records, as if made at this moment. @throws SeedError */
  records(): Promise<Change[]>;
}

interface Place {
  now: () => number;
  region?: string | undefined;
  accountId?: string | undefined;
}

/** Seeds that this process made records of, the last ones: a test starts many servers with one. */
const made = new Map<string, Promise<{ at: number; records: Change[] }>>();
const REMEMBERED = 8;

/** @param seed the seed itself, or its file. @throws SeedError for a file that is none */
export async function seedingOf(seed: string | Seed, { now, ...place }: Place): Promise<Seeding> {
  const read = typeof seed === "string" ? await readSeed(seed) : seed;
  const key = JSON.stringify([read, place]);
  return {
    records: async () => {
      const asked = now();
      const known = made.get(key) ?? remember(key, make(read, { ...place, now: () => asked }));
      const { at, records } = await known;
      return moved(records, asked - at);
    },
  };
}

/** The seed's records, where there is nothing yet. */
export async function fillEmpty(store: Store, { records }: Seeding): Promise<void> {
  if (store.tables.pools.size === 0) store.commit(await records());
}

async function make(seed: Seed, place: Place): Promise<{ at: number; records: Change[] }> {
  return { at: place.now(), records: await recordsOf(seed, place) };
}

function remember<T extends Promise<{ at: number; records: Change[] }>>(key: string, making: T): T {
  made.set(key, making);
  making.catch(() => made.delete(key));
  const [oldest] = made.keys();
  if (made.size > REMEMBERED && oldest !== undefined) made.delete(oldest);
  return making;
}

/** The records as if made later by so many ms: a temporary password is good for its whole time. */
function moved(records: Change[], by: number): Change[] {
  return records.map((change) => ({ ...change, record: movedRecord(change.record, by) }) as Change);
}

function movedRecord<T>(record: T, by: number): T {
  if (typeof record !== "object" || record === null) return record;
  const { createdAt, modifiedAt, password } = record as {
    createdAt?: number;
    modifiedAt?: number;
    password?: object;
  };
  const { expiresAt } = (password ?? {}) as { expiresAt?: number };
  return {
    ...record,
    ...(createdAt !== undefined && { createdAt: createdAt + by }),
    ...(modifiedAt !== undefined && { modifiedAt: modifiedAt + by }),
    ...(expiresAt !== undefined && { password: { ...password, expiresAt: expiresAt + by } }),
  };
}

async function readSeed(file: string): Promise<Seed> {
  try {
    return (await readDocument(file)) as Seed;
  } catch (error) {
    throw new SeedError(`The seed ${file} cannot be read: ${error instanceof Error ? error.message : error}`);
  }
}
