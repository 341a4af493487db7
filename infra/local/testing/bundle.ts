import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { resolve } from "node:path";
import { buildSync } from "esbuild";

const made = new Map<string, string>();

/**
 * One JavaScript file of a TypeScript program and all that it imports, for tests that run it often: a process that
 * compiles and reads a thousand files by itself takes four times the work.
 *
 * @returns its path; the file goes with this process.
 */
export function bundle(program: string): string {
  const known = made.get(program);
  if (known !== undefined) return known;
  // Below node_modules, where it finds the packages that stay outside.
  const outfile = resolve("node_modules/.cache/sekisho", `${randomUUID()}.mjs`);
  process.on("exit", () => rmSync(outfile, { force: true }));
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
  made.set(program, outfile);
  return outfile;
}
