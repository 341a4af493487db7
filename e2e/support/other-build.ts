import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { copyBuild } from "./build-copy";

const CHUNK = /(static\/chunks\/)([^/"'\\\s?]+\.(?:js|css))/g;

/**
 * The production build as one of other sources would be: with another id, and every file that pages load under another
 * name. A folder for `next start`.
 */
export function otherBuild(): { folder: string; remove: () => void } {
  const folder = copyBuild();
  const next = join(folder, ".next");
  const id = readFileSync(join(next, "BUILD_ID"), "utf8");
  const other = `other-${id}`;
  for (const name of filesIn(next)) {
    const text = readFileSync(join(next, name), "latin1");
    const changed = text.replaceAll(id, other).replace(CHUNK, "$1other-$2");
    if (changed !== text) {
      // Not written into: that would be the build's own.
      rmSync(join(next, name));
      writeFileSync(join(next, name), changed, "latin1");
    }
  }
  renameSync(join(next, "static", id), join(next, "static", other));
  for (const name of filesIn(join(next, "static", "chunks"))) {
    const path = join(next, "static", "chunks", name);
    renameSync(path, join(dirname(path), `other-${name}`));
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1));
}
