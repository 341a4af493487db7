import { buildSync } from "esbuild";

/**
 * A script for a page: what these packages export, each as a global of the name given.
 *
 * @param packages global name → package
 */
export function browserBundle(packages: Record<string, string>): string {
  const imports = Object.entries(packages).map(
    ([name, from]) => `import * as ${name} from ${JSON.stringify(from)}; globalThis.${name} = ${name};`,
  );
  const { outputFiles } = buildSync({
    stdin: { contents: imports.join("\n"), resolveDir: process.cwd() },
    bundle: true,
    write: false,
    platform: "browser",
    format: "iife",
    logLevel: "error",
  });
  return outputFiles.map(({ text }) => text).join("\n");
}
