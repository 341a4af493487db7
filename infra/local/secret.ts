import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeFolder } from "@sekisho/folder-lock";

/** The session secret of this data folder, made at first use: a restart keeps everyone signed in, no two share it. */
export function localSecret(dataDir: string): string {
  const path = join(dataDir, "nextauth-secret");
  if (!existsSync(path)) {
    makeFolder(dataDir);
    writeFileSync(path, randomBytes(33).toString("hex"), { mode: 0o600 });
  }
  return readFileSync(path, "utf8");
}
