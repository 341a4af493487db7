import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const home = fileURLToPath(new URL("..", import.meta.url));
const repository = resolve(home, "../..");
const { name, version, description } = JSON.parse(readFileSync(join(home, "package.json"), "utf8"));

/** What whoever installs it may have besides: for tests, and for modules in TypeScript before Node 22.18. */
const OPTIONAL = ["@aws-sdk/client-cognito-identity-provider", "tsx"];

/**
 * `tsx infra/local-cognito/pack/pack.ts [folder]`: the package as one file that anybody can install, with its types and
 * without any dependency. Says the file's path.
 */
console.log(await pack(process.argv[2] ?? "."));

async function pack(into: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "local-cognito-pack-"));
  try {
    const packages = await bundle(join(folder, "dist"));
    declare(join(folder, "dist/types"));
    for (const file of ["README.md", "pack/Dockerfile"])
      cpSync(join(home, file), join(folder, file.replace("pack/", "")));
    cpSync(join(repository, "LICENSE"), join(folder, "LICENSE"));
    writeFileSync(join(folder, "THIRD-PARTY-LICENSES"), packages.map(licenceOf).join("\n\n"));
    writeFileSync(join(folder, "package.json"), JSON.stringify(manifest(), null, 2));
    mkdirSync(into, { recursive: true });
    const npm = ["pack", "--json", "--pack-destination", resolve(into)];
    const answer = execFileSync("npm", npm, { cwd: folder, encoding: "utf8" });
    const [{ filename }] = JSON.parse(answer) as [{ filename: string }];
    return join(resolve(into), filename);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function manifest(): object {
  const entry = (file: string, types: string) => ({
    types: `./dist/types/${types}.d.ts`,
    default: `./dist/${file}.js`,
  });
  return {
    name,
    version,
    description,
    license: "MIT",
    type: "module",
    engines: { node: ">=20.19" },
    bin: { "local-cognito": "dist/main.js" },
    exports: { ".": entry("server", "server"), "./testing": entry("testing", "testing/cognito") },
    peerDependencies: Object.fromEntries(OPTIONAL.map((each) => [each, "*"])),
    peerDependenciesMeta: Object.fromEntries(OPTIONAL.map((each) => [each, { optional: true }])),
  };
}

/** @returns the folders of the packages that are in it */
async function bundle(into: string): Promise<string[]> {
  const { metafile } = await build({
    absWorkingDir: repository,
    entryPoints: {
      main: join(home, "src/main.ts"),
      server: join(home, "src/server.ts"),
      testing: join(home, "src/testing/cognito.ts"),
    },
    outdir: into,
    bundle: true,
    splitting: true,
    metafile: true,
    platform: "node",
    format: "esm",
    target: "node20.19",
    external: [...OPTIONAL, "tsx/esm/api"],
    // What is CommonJS asks for Node's own modules by `require`.
    banner: {
      js: `import { createRequire as forRequire } from "node:module"; const require = forRequire(import.meta.url);`,
    },
    logLevel: "error",
  });
  const main = join(into, "main.js");
  const text = readFileSync(main, "utf8").replace(/^#!.*\n/m, "");
  writeFileSync(main, `#!/usr/bin/env node\n${text}`, { mode: 0o755 });
  const folders = Object.keys(metafile.inputs).map(
    (file) => /.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0],
  );
  return [...new Set(folders.filter((each) => each !== undefined))].sort();
}

function licenceOf(folder: string): string {
  const path = join(repository, folder);
  const { name: of, version: at, license } = JSON.parse(readFileSync(join(path, "package.json"), "utf8"));
  const file = readdirSync(path).find((each) => /^licen[cs]e/i.test(each));
  return `${of} ${at}, ${license}\n\n${file ? readFileSync(join(path, file), "utf8") : ""}`;
}

/** The types of what is public, and of what they need; no type of a library is among them. */
function declare(into: string): void {
  const config = join(home, `tsconfig.pack-${process.pid}.json`);
  const settings = {
    extends: "../../tsconfig.json",
    compilerOptions: {
      noEmit: false,
      declaration: true,
      emitDeclarationOnly: true,
      allowImportingTsExtensions: false,
      incremental: false,
      tsBuildInfoFile: null,
      plugins: [],
      types: ["node"],
      rootDir: "../..",
      outDir: join(into, "all"),
    },
    include: [],
    files: ["src/server.ts", "src/testing/cognito.ts", "../../lib/folder-lock/folder-lock.ts"],
  };
  try {
    writeFileSync(config, JSON.stringify(settings));
    execFileSync(process.execPath, [join(repository, "node_modules/typescript/bin/tsc"), "-p", config], {
      stdio: ["ignore", "inherit", "inherit"],
    });
  } finally {
    rmSync(config, { force: true });
  }
  const all = join(into, "all");
  cpSync(
    join(all, "lib/folder-lock/folder-lock.d.ts"),
    join(all, "infra/local-cognito/src/folder-lock.d.ts"),
  );
  take(join(all, "infra/local-cognito/src"), into, ["server.d.ts", "testing/cognito.d.ts"]);
  rmSync(all, { recursive: true });
}

/** Copies declarations and what they import, as files that every resolution finds. */
function take(from: string, into: string, files: string[]): void {
  const seen = new Set<string>();
  const copy = (file: string) => {
    if (seen.has(file)) return;
    seen.add(file);
    const up = "../".repeat(file.split("/").length - 1) || "./";
    const text = readFileSync(join(from, file), "utf8").replaceAll(
      `"@sekisho/folder-lock"`,
      `"${up}folder-lock"`,
    );
    const found: string[] = [];
    const whole = text.replaceAll(/(["'])(\.{1,2}\/[^"']+)\1/g, (_, quote, to) => {
      const path = join(dirname(file), `${to}.d.ts`);
      if (existsSync(join(from, path))) found.push(path);
      return `${quote}${to}.js${quote}`;
    });
    mkdirSync(dirname(join(into, file)), { recursive: true });
    writeFileSync(join(into, file), whole);
    for (const each of found) copy(each);
  };
  for (const file of files) copy(file);
}
