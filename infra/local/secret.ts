import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The session secret of this data folder, made at first use: a restart keeps everyone signed in, no two share it. */
export function localSecret(dataDir: string): string {
  const path = join(dataDir, "nextauth-secret");
  if (!existsSync(path)) {
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(path, randomBytes(33).toString("hex"), { mode: 0o600 });
  }
  return readFileSync(path, "utf8");
}
