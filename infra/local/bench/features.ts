import { existsSync } from "node:fs";
import { FEATURES } from "../../../lib/features";

/** What each feature measures of its own. */
for (const { name } of FEATURES) {
  const own = new URL(`../../../e2e/${name}/bench.ts`, import.meta.url);
  if (existsSync(own)) await import(own.href);
}
