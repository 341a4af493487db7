import { linkSync, mkdirSync, readFileSync, renameSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

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
  mkdirSync(folder, { recursive: true });
  const path = join(folder, "lock");
  const own = JSON.stringify({ pid: process.pid, started: startTime(process.pid) });
  const mine = `${path}.${process.pid}`;
  writeFileSync(mine, own);
  try {
    for (let attempt = 0; attempt < 5; attempt++) {
      if (tryLink(mine, path)) {
        return { release: () => readOrNull(path) === own && unlinkSync(path) };
      }
      const held = readOrNull(path);
      if (held === null) continue;
      const holder = parse(held);
      if (holder && startTime(holder.pid) === holder.started && isAlive(holder.pid)) {
        throw new FolderLockedError(folder, holder.pid);
      }
      takeAway(path, held);
    }
    throw new FolderLockedError(folder, parse(readOrNull(path) ?? "")?.pid ?? 0);
  } finally {
    unlinkSync(mine);
  }
}

/** Removes a stale lock, unless another starter has replaced it in between: then that one is put back. */
function takeAway(path: string, stale: string): void {
  const aside = `${path}.stale.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (hasCode(error, "ENOENT")) return;
    throw error;
  }
  if (readFileSync(aside, "utf8") !== stale) tryLink(aside, path);
  unlinkSync(aside);
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

function parse(text: string): { pid: number; started: string } | null {
  try {
    const { pid, started } = JSON.parse(text);
    return Number.isInteger(pid) && pid > 0 && typeof started === "string" ? { pid, started } : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasCode(error, "EPERM");
  }
}

/** The start time in clock ticks where /proc tells it (Linux), else "" (then the process id alone decides). */
function startTime(pid: number): string {
  const stat = readOrNull(`/proc/${pid}/stat`);
  return stat?.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
