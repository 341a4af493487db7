import { chmodSync, existsSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

/** Makes a home whose `bin` has these programs of the machine, where they are, and this Node: nothing else is found. */
export function homeWith(prefix: string, programs: string[]): string {
  const home = mkdtempSync(join(tmpdir(), prefix));
  mkdirSync(join(home, "bin"));
  const folders = (process.env.PATH ?? "").split(delimiter);
  for (const program of programs) {
    const found = folders.map((folder) => join(folder, program)).find((path) => existsSync(path));
    if (found) symlinkSync(found, join(home, "bin", program));
  }
  symlinkSync(process.execPath, join(home, "bin/node"));
  return home;
}

/** Puts a shell script where a program would be. */
export function standIn(home: string, program: string, lines: string): void {
  const path = join(home, "bin", program);
  writeFileSync(path, `#!/bin/sh\n${lines}\ntrue\n`);
  chmodSync(path, 0o755);
}
