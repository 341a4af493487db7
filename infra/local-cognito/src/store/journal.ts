import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
  truncateSync,
  writeSync,
} from "node:fs";

/** One record of one table, or null where it was deleted. */
export type Entry = [table: string, id: string, record: unknown];

/** The file cannot be read as what this version writes. */
export class DamagedJournalError extends Error {
  override readonly name = "DamagedJournalError";
}

/**
 * An append-only file, one line per commit: a JSON array of entries.
 *
 * A line is in the kernel's hands before `append` returns, so a killed process loses nothing acknowledged, and
 * a line is read whole or not at all, so a commit is atomic. A last line without its end (the process died
 * within the write) was never acknowledged and is cut off.
 */
export class Journal {
  private size: number;

  private constructor(
    private readonly path: string,
    private fd: number,
    size: number,
  ) {
    this.size = size;
  }

  /** Opens or creates the file and hands every stored commit, oldest first, to `replay`. */
  static open(path: string, replay: (entries: Entry[]) => void): Journal {
    const size = existsSync(path) ? replayFile(path, replay) : 0;
    return new Journal(path, openSync(path, "a", 0o600), size);
  }

  append(entries: Entry[]): void {
    const line = Buffer.from(`${JSON.stringify(entries)}\n`);
    try {
      writeAll(this.fd, line);
    } catch (error) {
      // A full disk can take half a line; what follows it would be unreadable.
      ftruncateSync(this.fd, this.size);
      throw error;
    }
    this.size += line.length;
  }

  /** Replaces the file by these entries, atomically: a crash leaves the old file or the new one. */
  rewrite(entries: Iterable<Entry>): void {
    const aside = `${this.path}.new`;
    const fd = openSync(aside, "w", 0o600);
    let size = 0;
    try {
      for (const entry of entries) {
        const line = Buffer.from(`${JSON.stringify([entry])}\n`);
        writeAll(fd, line);
        size += line.length;
      }
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    renameSync(aside, this.path);
    closeSync(this.fd);
    this.fd = openSync(this.path, "a", 0o600);
    this.size = size;
  }

  close(): void {
    fsyncSync(this.fd);
    closeSync(this.fd);
  }
}

function writeAll(fd: number, bytes: Buffer): void {
  for (let offset = 0; offset < bytes.length; ) {
    offset += writeSync(fd, bytes, offset);
  }
}

/** Returns the length in bytes of the sound part, to which the file is cut. */
function replayFile(path: string, replay: (entries: Entry[]) => void): number {
  const bytes = readFileSync(path);
  let start = 0;
  for (let number = 1; ; number++) {
    const end = bytes.indexOf(0x0a, start);
    if (end === -1) break;
    const entries = parseLine(bytes.toString("utf8", start, end));
    if (entries === null) {
      if (end + 1 < bytes.length) throw new DamagedJournalError(`${path} is damaged at line ${number}.`);
      break;
    }
    replay(entries);
    start = end + 1;
  }
  if (start < bytes.length) truncateSync(path, start);
  return start;
}

function parseLine(line: string): Entry[] | null {
  try {
    const entries = JSON.parse(line);
    const sound =
      Array.isArray(entries) && entries.every((entry) => Array.isArray(entry) && entry.length === 3);
    return sound ? entries : null;
  } catch {
    return null;
  }
}
