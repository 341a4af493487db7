import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { linkFolder } from "./link-folder";
import { Refusal } from "./refusal";

/** A version of before, checked out beside this one with what it needs to be built. */
export type PreviousVersion = { ref: string; folder: string; remove(): void };

/**
 * Checks out a version of before into a folder of its own.
 *
 * @param ref a commit or tag; without, the last tag, and where there is none the commit before the newest migration.
 * @throws Refusal where the history does not go back so far.
 */
export function checkOutPrevious(ref = defaultRef()): PreviousVersion {
  const commit = git(["rev-parse", "--verify", "--quiet", `${ref}^{commit}`]);
  if (!commit)
    throw new Refusal(
      `There is no ${ref} in this clone. A shallow one has no history: git fetch --unshallow.`,
    );
  const above = mkdtempSync(join(tmpdir(), "sekisho-previous-"));
  const folder = join(above, "app");
  const remove = () => {
    git(["worktree", "remove", "--force", folder]);
    rmSync(above, { recursive: true, force: true });
  };
  try {
    execFileSync("git", ["worktree", "add", "--quiet", "--detach", folder, commit]);
    if (hasOurPackages(folder)) linkFolder("node_modules", join(folder, "node_modules"), new Set([".cache"]));
    else
      execFileSync("npm", ["ci", "--no-progress"], { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
  } catch (error) {
    remove();
    throw error;
  }
  return { ref: git(["log", "-1", "--format=%h %s", commit]), folder, remove };
}

function defaultRef(): string {
  const tag = git(["describe", "--tags", "--abbrev=0", "HEAD^"]);
  const newest = git(["log", "-1", "--format=%H", "--diff-filter=A", "--", "lib/db/migrations/*.sql"]);
  return tag || `${newest || "HEAD"}^`;
}

function hasOurPackages(folder: string): boolean {
  const lock = (root: string) => readFileSync(join(root, "package-lock.json"), "utf8");
  return existsSync("node_modules") && lock(folder) === lock(".");
}

/** What git says, or nothing where it refuses. */
function git(args: string[]): string {
  try {
    return execFileSync("git", args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch {
    return "";
  }
}
