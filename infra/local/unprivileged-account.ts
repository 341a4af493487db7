import { spawnSync } from "node:child_process";
import { chownSync } from "node:fs";

export type UnprivilegedAccount = { uid?: number; gid?: number };

/** PostgreSQL and PgBouncer refuse to run as root, so root runs them as a system user that owns nothing. */
export function unprivilegedAccount(): UnprivilegedAccount {
  if (process.getuid?.() !== 0) return {};
  for (const name of ["postgres", "nobody"]) {
    const [uid, gid] = ["-u", "-g"].map((flag) => spawnSync("id", [flag, name], { encoding: "utf8" }));
    if (uid?.status === 0 && gid?.status === 0) return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  }
  throw new Error("PostgreSQL does not run as root, and there is neither a postgres nor a nobody user.");
}

/** Makes a file that account's. */
export function give(path: string, { uid, gid }: UnprivilegedAccount): void {
  if (uid !== undefined && gid !== undefined) chownSync(path, uid, gid);
}
