import { spawn } from "node:child_process";
import { findChromium } from "./chromium";

/** One runner of `npm test`, and how to read from its output how many tests passed, failed and were skipped. */
type Step = {
  name: string;
  command: string[];
  /** Without it the step counts as one check: passed when it exits with 0. */
  count?: (output: string) => Tally;
};
type Tally = { passed: number; failed: number; skipped: number };

const steps: Step[] = [
  { name: "types", command: ["npm", "run", "--silent", "typecheck"] },
  { name: "lint, format and unused code", command: ["npm", "run", "--silent", "lint"] },
  { name: "unit and database", command: ["npx", "vitest", "run"], count: countVitest },
  { name: "browser", command: ["npx", "playwright", "test"], count: countPlaywright },
];

await provideChromium();
const total: Tally = { passed: 0, failed: 0, skipped: 0 };
for (const step of steps) {
  console.log(`\n— ${step.name}`);
  const tally = await runStep(step);
  total.passed += tally.passed;
  total.failed += tally.failed;
  total.skipped += tally.skipped;
}
console.log("");
if (total.skipped > 0) console.log(`${total.skipped} skipped, each with its reason above`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;

async function runStep({ command, count }: Step): Promise<Tally> {
  const { code, output } = await run(command);
  if (!count) return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
  const tally = count(output);
  // A runner that broke, or that found nothing to run, has failed whatever it counted.
  const isBroken = tally.failed === 0 && (code !== 0 || tally.passed === 0);
  return isBroken ? { ...tally, failed: 1 } : tally;
}

/** Runs a command, showing its output as it comes and keeping it. */
function run(command: string[]): Promise<{ code: number; output: string }> {
  const [program = "", ...args] = command;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1" },
    });
    let output = "";
    const keep = (to: NodeJS.WriteStream) => (chunk: Buffer) => {
      output += chunk;
      to.write(chunk);
    };
    child.stdout.on("data", keep(process.stdout));
    child.stderr.on("data", keep(process.stderr));
    child.once("error", reject);
    child.once("close", (code) => resolve({ code: code ?? 1, output }));
  });
}

/** The last line of Vitest's summary: `Tests  1 failed | 2 passed | 3 skipped (6)`. */
function countVitest(output: string): Tally {
  const line =
    plain(output)
      .match(/^\s*Tests\s+(.*)$/gm)
      ?.at(-1) ?? "";
  return { passed: number(line, "passed"), failed: number(line, "failed"), skipped: number(line, "skipped") };
}

/** Playwright's summary has a line for each outcome; a flaky test passed at its second try, and is named there. */
function countPlaywright(output: string): Tally {
  const text = plain(output);
  const last = (word: string) =>
    Number(
      text
        .match(new RegExp(`^\\s*(\\d+) ${word}`, "gm"))
        ?.at(-1)
        ?.match(/\d+/)?.[0] ?? 0,
    );
  return {
    passed: last("passed") + last("flaky"),
    failed: last("failed") + last("interrupted") + last("did not run"),
    skipped: last("skipped"),
  };
}

function number(line: string, word: string): number {
  return Number(new RegExp(`(\\d+) ${word}`).exec(line)?.[1] ?? 0);
}

/** Without colours. */
function plain(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what is looked for.
  return text.replace(/\u001b\[[0-9;]*m/g, "");
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
