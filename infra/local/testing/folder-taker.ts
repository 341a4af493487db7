import { createInterface } from "node:readline";
import { FolderLockedError, lockFolder } from "../../../lib/folder-lock/folder-lock";

/**
 * Takes and releases folders as it is told, a line each: `take <folder> [at <ms since the epoch>]`, `release`.
 * Answers `taken`, `refused <pid>` or `released`.
 */
let lock: ReturnType<typeof lockFolder> | undefined;

function answer(line: string): string {
  const [command, folder = "", , at = "0"] = line.split(" ");
  if (command === "release") {
    lock?.release();
    lock = undefined;
    return "released";
  }
  // Busy on purpose: several processes are to start in the same moment.
  while (Date.now() < Number(at));
  try {
    lock = lockFolder(folder);
    return "taken";
  } catch (error) {
    if (error instanceof FolderLockedError) return `refused ${error.pid}`;
    throw error;
  }
}

console.log("ready");
for await (const line of createInterface({ input: process.stdin })) console.log(answer(line));
