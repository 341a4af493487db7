import build from "./build";
import { findChromium } from "./chromium";
import { run, runCheck, runPlaywright, runVitest, type Tally } from "./test-run";

const steps: Record<string, () => Promise<Tally>> = {
  types: () => runCheck(["npm", "run", "--silent", "typecheck"]),
  "lint, format and unused code": () => runCheck(["npm", "run", "--silent", "lint"]),
  // Before all that run on it: the copy that the scaffold's test builds starts from what the compiler remembers of it.
  build: () => runBuild(),
  "unit and database": () => runVitest(),
  browser: () => runPlaywright(),
};

await provideChromium();
const total: Tally = { passed: 0, failed: 0, skipped: 0 };
for (const [name, step] of Object.entries(steps)) {
  console.log(`\n— ${name}`);
  const tally = await step();
  total.passed += tally.passed;
  total.failed += tally.failed;
  total.skipped += tally.skipped;
}
console.log("");
if (total.skipped > 0) console.log(`${total.skipped} skipped, each with its reason above`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;

/** The production build counts as one test. */
async function runBuild(): Promise<Tally> {
  try {
    await build();
    return { passed: 1, failed: 0, skipped: 0 };
  } catch (error) {
    console.error(error);
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

/** A Chromium for the browser tests: the system's, else Playwright's, else the distribution's. */
async function provideChromium(): Promise<void> {
  if (findChromium()) return;
  console.log("No Chromium here yet: getting Playwright's.");
  await run(["npx", "playwright", "install", "chromium"]);
  if (findChromium()) return;
  if (process.platform === "linux" && process.getuid?.() === 0) {
    console.log("It cannot be had: getting the distribution's.");
    await run([
      "sh",
      "-c",
      "apt-get update && (apt-get install -y --no-install-recommends chromium-headless-shell || apt-get install -y --no-install-recommends chromium)",
    ]);
    if (findChromium()) return;
  }
  console.error(
    "No Chromium can be had. Install one (for example: apt-get install chromium-headless-shell) and run this again.",
  );
  process.exit(1);
}
