import { existsSync, readdirSync } from "node:fs";
import { FEATURES } from "../../../lib/features";
import build from "../build";

/** Runs what measures, all or those that are named: `npm run bench -- requests --profile`. */
const PIECES: Record<string, () => Promise<unknown>> = {
  verification: () => import("./verification"),
  ...ofFeatures(),
  start: () => import("./start"),
  scale: () => import("./scale"),
  answers: () => import("./answers"),
  features: () => import("./features"),
  hostile: () => import("./hostile"),
  memory: () => import("./memory"),
  telemetry: () => import("./telemetry"),
};

const all = Object.keys(PIECES).join(", ");
if (process.argv.includes("--help")) {
  console.log(`npm run bench -- [name ...] [--small] [--profile]: all, or of ${all}`);
  process.exit();
}
const named = process.argv.slice(2).filter((each) => !each.startsWith("-"));
const unknown = named.filter((each) => !(each in PIECES));
if (unknown.length > 0) {
  console.error(`There is no ${unknown.join(", ")}. There are: ${all}.`);
  process.exit(1);
}
await build();
for (const [name, measure] of Object.entries(PIECES)) {
  if (named.length > 0 && !named.includes(name)) continue;
  console.log(`\n── ${name}\n`);
  await measure();
}

/** Pieces that are about one feature: `e2e/<feature>/bench-<piece>.ts`. */
function ofFeatures(): typeof PIECES {
  const folders = FEATURES.map(({ name }) => new URL(`../../../e2e/${name}/`, import.meta.url));
  const files = folders
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).map((file) => new URL(file, folder)));
  return Object.fromEntries(
    files.flatMap(({ href }) => {
      const piece = /\/bench-([a-z-]+)\.ts$/.exec(href)?.[1];
      return piece ? [[piece, () => import(href)]] : [];
    }),
  );
}
