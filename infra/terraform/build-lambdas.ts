import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { zipSync } from "fflate";

/** A file of lambda/ each, without its extension; triggers' files and api.tf know the archives by these names. */
export const LAMBDAS = ["pre-token-generation", "custom-message", "hello"];

const here = fileURLToPath(new URL(".", import.meta.url));

/** One time for every archive, the earliest that a zip can tell: the same source must give the same bytes. */
const mtime = new Date(1980, 0, 1);
const READABLE_FILE = 0o100644;

/** Bundles a handler of lambda/ into a module without imports. */
export async function bundle(name: string): Promise<Uint8Array> {
  const { outputFiles } = await build({
    absWorkingDir: here,
    entryPoints: [`lambda/${name}.ts`],
    bundle: true,
    write: false,
    format: "esm",
    platform: "node",
    target: "node22",
    charset: "utf8",
    logLevel: "error",
  });
  const [file] = outputFiles;
  if (!file) throw new Error(`esbuild made nothing of ${name}.`);
  return file.contents;
}

/** Bundles every handler into `folder`/NAME.zip, as Lambda takes it: index.mjs with an export `handler`. */
export async function buildLambdas(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (const name of LAMBDAS) {
    const zip = zipSync({ "index.mjs": [await bundle(name), { mtime, os: 3, attrs: READABLE_FILE << 16 }] });
    writeFileSync(join(folder, `${name}.zip`), zip);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildLambdas(join(here, "build"));
