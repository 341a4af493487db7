import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, unlinkSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** Another live process holds the folder. `pid` is that process. */
export class FolderLockedError extends Error {
  constructor(
    readonly folder: string,
    readonly pid: number,
  ) {
    super(`${folder} is in use by process ${pid}. Stop it, or choose another folder with DATA_DIR.`);
    this.name = "FolderLockedError";
  }
}

/** Makes a folder, and those above it. Step by step: Node's `recursive` never ends where a folder that is there answers ENOENT, as /proc does. */
export function makeFolder(folder: string): void {
  const missing = [];
  for (let path = resolve(folder); !existsSync(path); path = dirname(path)) missing.push(path);
  for (const path of missing.reverse()) {
    try {
      mkdirSync(path);
    } catch (error) {
      // Somebody else has made it meanwhile.
      if (!existsSync(path)) throw error;
    }
  }
}

/**
 * Takes a folder for this process alone, until `release` or the end of the process.
 *
 * The lock is a file naming the holder. It appears by link(2), which is atomic and carries its content, so
 * nobody ever reads a half-written one. A holder that is gone (kill -9, power loss) is told by its process id
 * together with its start time, so that a reused id does not lock the folder for good.
 *
 * @throws FolderLockedError when a live process holds it.
 */
export function lockFolder(folder: string): { release: () => void } {
  makeFolder(folder);
  const path = join(folder, "lock");
  const own = JSON.stringify({ pid: process.pid, started: stateOf(process.pid).started });
  const mine = `${path}.${process.pid}`;
  // A predecessor with our id that was killed right here left this file, as one with its lock: writing to it would
  // change that lock too.
  rmSync(mine, { force: true });
  writeFileSync(mine, own);
  try {
    const holder = take(path, mine);
    if (holder !== null) throw new FolderLockedError(folder, holder);
    return { release: () => readOrNull(path) === own && unlinkSync(path) };
  } finally {
    unlinkSync(mine);
  }
}

/**
 * Puts the lock `mine` at `path`: null when that worked, else the process that holds it.
 *
 * Only whoever holds a second lock, the guard, removes a stale one. Without it, a starter that had seen the stale
 * lock could remove the fresh one of a faster starter, and both would hold the folder. A guard whose holder was
 * killed is taken over in the same way.
 */
function take(path: string, mine: string): number | null {
  while (!tryLink(mine, path)) {
    const held = readOrNull(path);
    if (held === null) continue;
    const holder = parse(held);
    if (holder && isRunning(holder)) return holder.pid;
    const guard = `${path}.takeover`;
    const faster = take(guard, mine);
    if (faster !== null) return faster;
    if (readOrNull(path) === held) unlinkSync(path);
    unlinkSync(guard);
  }
  return null;
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false;
    throw error;
  }
}

function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (hasCode(error, "ENOENT")) return null;
    throw error;
  }
}

type Holder = { pid: number; started: string };

function parse(text: string): Holder | null {
  try {
    const { pid, started } = JSON.parse(text) ?? {};
    return Number.isInteger(pid) && pid > 0 && typeof started === "string" ? { pid, started } : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** A zombie (killed, not yet reaped by its parent) has no open files any more and holds nothing. */
function isRunning({ pid, started }: Holder): boolean {
  const now = stateOf(pid);
  return now.started === started && now.state !== "Z" && isAlive(pid);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasCode(error, "EPERM");
  }
}

/** State letter and start time in clock ticks where /proc tells them (Linux); else "", and the id alone decides. */
function stateOf(pid: number): { state: string; started: string } {
  const stat = readOrNull(`/proc/${pid}/stat`);
  const [state = "", ...rest] = stat?.slice(stat.lastIndexOf(")") + 2).split(" ") ?? [];
  return { state, started: rest[18] ?? "" };
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
