import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { resolve } from "node:path";

/** Below node_modules, where a program finds the packages that it does not hold. */
export const CACHE = "node_modules/.cache/sekisho";

/** Gives a finished folder the name that others look for, unless somebody was as quick and it is there already. */
export function putInPlace(finished: string, folder: string): void {
  try {
    renameSync(finished, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
    rmSync(finished, { recursive: true });
  }
}

/**
 * Vitest's global setup: a folder of this run, for what its test files need and one of them has made. They are threads
 * and children of this process, and find it in their environment.
 */
export function setup(): (() => void) | undefined {
  if (process.env.TEST_RUN === String(process.pid)) return undefined;
  mkdirSync(CACHE, { recursive: true });
  const folder = resolve(mkdtempSync(`${CACHE}/run-`));
  // Another project of this run has it, too; a run inside a test has its own.
  Object.assign(process.env, { TEST_RUN: String(process.pid), TEST_RUN_FOLDER: folder });
  return () => rmSync(folder, { recursive: true, force: true });
}
