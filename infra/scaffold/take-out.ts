import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const LIST = "lib/features.ts";
/** What the house itself stands on: sign-in, members and the log are no examples. */
export const OF_THE_HOUSE = new Set([
  "account",
  "members",
  "single-sign-on",
  "session-limits",
  "tenants",
  "audit",
]);

/** The folders that are a feature's own. */
export function foldersOf(feature: string): string[] {
  return ["lib", "app/(tenant)", "app/api", "e2e"].map((place) => `${place}/${feature}`);
}

/**
 * Takes features out: their folders, and their line in the one list of features.
 *
 * @param root of the checkout.
 * @throws Error naming the first that cannot be taken out, before anything is touched.
 */
export function takeOut(root: string, features: readonly string[]): void {
  for (const feature of features) {
    const isThere = existsSync(join(root, "lib", feature, "feature.ts"));
    if (OF_THE_HOUSE.has(feature)) throw new Error(`${feature} belongs to the house and stays.`);
    if (!isThere) throw new Error(`There is no feature ${feature}.`);
  }
  for (const feature of features) {
    for (const folder of foldersOf(feature)) rmSync(join(root, folder), { recursive: true, force: true });
    edit(root, (text) =>
      text
        .replace(new RegExp(`^import \\{ \\w+ \\} from "\\./${feature}/feature";\n`, "m"), "")
        .replace(/const OWN = \[([^\]]*)\]/, (_, names: string) => {
          const left = names.split(",").map((name) => name.trim());
          return `const OWN = [${left.filter((name) => name !== "" && name !== feature).join(", ")}]`;
        }),
    );
  }
}

/** Puts a feature into the one list of features. */
export function putIn(root: string, feature: string): void {
  edit(root, (text) =>
    text
      .replace(/^(import \{ members \} .*)$/m, `$1\nimport { ${feature} } from "./${feature}/feature";`)
      .replace(/const OWN = \[([^\]]*)\]/, (_, names: string) => `const OWN = [${names}, ${feature}]`),
  );
}

function edit(root: string, change: (text: string) => string): void {
  const path = join(root, LIST);
  const text = readFileSync(path, "utf8");
  const changed = change(text);
  if (changed === text) throw new Error(`${LIST} is not as expected: nothing was changed in it.`);
  writeFileSync(path, changed);
}
