import { cp, rm, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const STANDALONE = join(".next", "standalone");

/** What Next's trace takes along and production has no use for; paths from the root of the output. */
const LEFT_OUT = [
  // The database of a laptop, and the lock of its folder.
  /(^|\/)node_modules\/@electric-sql(\/|$)/,
  /^lib\/folder-lock(\/|$)/,
  // Images are not resized.
  /^node_modules\/(sharp|@img|detect-libc|semver)(\/|$)/,
  // Compiled already.
  /\.tsx?$/,
  /\.md$/,
  // Next's own server: infra/server bounds what strangers send.
  /^server\.js$/,
];

/**
 * Lays out what production runs, from what `npm run build` made: Next's standalone output, the server around it, and the
 * migration as one file (`node migrate.mjs`).
 *
 * @param target a folder, made anew.
 * @see https://nextjs.org/docs/app/api-reference/config/next-config-js/output
 */
export async function layOut(target: string): Promise<void> {
  const isKept = (path: string) => {
    const name = relative(STANDALONE, path);
    return !LEFT_OUT.some((pattern) => pattern.test(name));
  };
  await rm(target, { recursive: true, force: true });
  await cp(STANDALONE, target, { recursive: true, verbatimSymlinks: true, filter: isKept });
  for (const folder of [join(".next", "static"), join("infra", "server")]) {
    const isKept = (path: string) => !path.endsWith(".test.ts");
    await cp(folder, join(target, folder), { recursive: true, filter: isKept });
  }
  await build({
    entryPoints: [join("lib", "db", "migrate-command.ts")],
    outfile: join(target, "migrate.mjs"),
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    external: ["pg-native", "@electric-sql/pglite"],
    // pg is CommonJS and asks for Node's own modules by require.
    banner: {
      js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
    },
    logLevel: "warning",
  });
  await writeFile(join(target, "package.json"), '{ "name": "sekisho", "private": true, "type": "module" }\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [target] = process.argv.slice(2);
  if (target === undefined) {
    process.stderr.write("Say where to: npm run image:lay-out -- <folder>\n");
    process.exit(1);
  }
  await layOut(target);
}
