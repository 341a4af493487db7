import { cpSync, existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { checkOutPrevious } from "./previous-version";
import { Refusal } from "./refusal";
import { run } from "./test-run";

/** What everybody does at each version; a feature's is in the file of its name (`e2e/items/items.test.ts`). */
const CORE = ["api/sessions", "api/refresh", "journeys/sign-in"];
const MIGRATIONS = join("lib", "db", "migrations");

/**
 * Holds this version and one of before against each other, as a deploy does: both at once on one database, one taking
 * the place of the other without a failed request, and the tests of the one before on the tables of this one.
 *
 *     npm run test:side-by-side -- [ref]
 */
try {
  const previous = checkOutPrevious(process.argv[2]);
  console.log(`The version before: ${previous.ref}`);
  try {
    await orFail(["npx", "next", "build"], previous.folder);
    await orFail(
      ["npx", "playwright", "test", "--project=en", "e2e/running/side-by-side", "e2e/running/rolling"],
      ".",
      { PREVIOUS_VERSION: previous.folder },
    );
    // Its own tests migrate: by what this version makes of the tables.
    rmSync(join(previous.folder, MIGRATIONS), { recursive: true });
    cpSync(MIGRATIONS, join(previous.folder, MIGRATIONS), { recursive: true });
    // Says to its tests that the build is of these sources.
    writeFileSync(join(previous.folder, ".next", "complete"), "");
    const features = readdirSync(join(previous.folder, "e2e")).map((name) => `${name}/${name}`);
    const files = [...CORE, ...features]
      .map((name) => `e2e/${name}.test.ts`)
      .filter((file) => existsSync(join(previous.folder, file)));
    await orFail(["npx", "playwright", "test", "--project=en", ...files], previous.folder);
  } finally {
    previous.remove();
  }
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

async function orFail(command: string[], cwd: string, environment?: Record<string, string>): Promise<void> {
  const code = await run(command, { cwd, ...(environment && { environment }) });
  if (code !== 0) throw new Refusal(`${command.slice(0, 3).join(" ")} in ${cwd} ended with ${code}.`);
}
