import { createHash, randomUUID } from "node:crypto";
import { existsSync, renameSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { buildSync } from "esbuild";
import { CACHE } from "./run-folder";

const made = new Map<string, string>();

/**
 * One JavaScript file of a TypeScript program and all that it imports, for tests that run it often: a process that
 * compiles and reads a thousand files by itself takes four times the work.
 *
 * @returns its path; the file goes with the run of the tests, or with this process where there is none.
 */
export function bundle(program: string): string {
  const known = made.get(program) ?? fileOf(program);
  made.set(program, known);
  return known;
}

function fileOf(program: string): string {
  const { TEST_RUN_FOLDER } = process.env;
  if (TEST_RUN_FOLDER === undefined) {
    const own = resolve(CACHE, `${randomUUID()}.mjs`);
    process.on("exit", () => rmSync(own, { force: true }));
    build(program, own);
    return own;
  }
  const shared = join(TEST_RUN_FOLDER, `${createHash("sha256").update(program).digest("hex")}.mjs`);
  if (!existsSync(shared)) {
    // In one step for whoever else looks.
    const unfinished = join(TEST_RUN_FOLDER, `${randomUUID()}.mjs`);
    build(program, unfinished);
    renameSync(unfinished, shared);
  }
  return shared;
}

function build(program: string, outfile: string): void {
  buildSync({
    entryPoints: [program],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    // PGlite finds its WebAssembly beside its own file.
    external: ["@electric-sql/pglite", "pg-native"],
    // What is CommonJS asks for Node's own modules by `require`.
    banner: {
      js: `import { createRequire } from "node:module"; const require = createRequire(import.meta.url);`,
    },
    logLevel: "error",
  });
}
