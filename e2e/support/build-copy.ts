import { mkdtempSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { linkFolder } from "../../infra/local/link-folder";

const LARGE_AND_UNUSED = new Set(["cache", "dev", "standalone", "trace", "types"]);

/** A folder with the production build, to be started beside it: its files are the build's own until they are removed. */
export function copyBuild(): string {
  const folder = mkdtempSync(join(tmpdir(), "sekisho-build-"));
  for (const name of ["node_modules", "package.json", "next.config.ts", "tsconfig.json"]) {
    symlinkSync(resolve(name), join(folder, name));
  }
  linkFolder(resolve(".next"), join(folder, ".next"), LARGE_AND_UNUSED);
  return folder;
}
