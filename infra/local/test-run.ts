import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";

/** How many tests passed, failed and were skipped. */
export type Tally = { passed: number; failed: number; skipped: number };
type Options = { output?: "inherit" | "ignore"; environment?: Record<string, string>; cwd?: string };

/** Runs a program to its end. @returns its exit code; 1 when a signal ended it. */
export function run(
  command: string[],
  { output = "inherit", environment, cwd }: Options = {},
): Promise<number> {
  const [program = "", ...args] = command;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd,
      stdio: ["ignore", output, output],
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", ...environment },
    });
    child.once("error", reject);
    child.once("close", (code) => resolve(code ?? 1));
  });
}

/** A program that counts as one test: passed when it exits with 0. */
export async function runCheck(command: string[]): Promise<Tally> {
  return (await run(command)) === 0
    ? { passed: 1, failed: 0, skipped: 0 }
    : { passed: 0, failed: 1, skipped: 0 };
}

/** Vitest with these arguments, counted by its JSON report. @throws ZodError when the report has another shape. */
export function runVitest(args: string[] = [], options: Options = {}): Promise<Tally> {
  return counted(VitestReport, (file) =>
    run(
      [
        runner("vitest"),
        "run",
        "--reporter=default",
        "--reporter=json",
        `--outputFile.json=${file}`,
        ...args,
      ],
      options,
    ),
  );
}

/**
 * Playwright with these arguments, counted by its JSON report. Who looks on sees a line for the test at work; of a log
 * often the last lines alone are kept, so there what failed stands at its end.
 * @throws ZodError when the report has another shape.
 */
export function runPlaywright(args: string[] = [], options: Options = {}): Promise<Tally> {
  const reporter = process.stdout.isTTY ? "line" : "dot";
  return counted(PlaywrightReport, (file) =>
    run([runner("playwright"), "test", `--reporter=${reporter},json`, ...args], {
      ...options,
      environment: { ...options.environment, PLAYWRIGHT_JSON_OUTPUT_FILE: file },
    }),
  );
}

/** By npx each would cost npm's start. */
const runner = (name: string) => join("node_modules", ".bin", name);

async function counted(report: z.ZodType<Tally>, runInto: (file: string) => Promise<number>): Promise<Tally> {
  const folder = await mkdtemp(join(tmpdir(), "sekisho-tests-"));
  try {
    const file = join(folder, "report.json");
    const code = await runInto(file);
    const text = await readFile(file, "utf8").catch(() => null);
    const tally = text === null ? { passed: 0, failed: 0, skipped: 0 } : report.parse(JSON.parse(text));
    // A runner that broke, or that found nothing to run, has failed whatever it counted.
    const isBroken = tally.failed === 0 && (code !== 0 || tally.passed === 0);
    return isBroken ? { ...tally, failed: 1 } : tally;
  } finally {
    await rm(folder, { recursive: true });
  }
}

const VitestReport = z
  .object({
    numPassedTests: z.number(),
    numFailedTests: z.number(),
    numPendingTests: z.number(),
    numTodoTests: z.number(),
  })
  .transform((report) => ({
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
  }));

const PlaywrightTest = z.object({
  status: z.enum(["expected", "flaky", "skipped", "unexpected"]),
  expectedStatus: z.string(),
  results: z.array(z.object({ status: z.string().optional() })),
});
const PlaywrightSuite = z.object({
  specs: z.array(z.object({ tests: z.array(PlaywrightTest) })),
  get suites() {
    return z.array(PlaywrightSuite).optional();
  },
});
const PlaywrightReport = z.object({ suites: z.array(PlaywrightSuite) }).transform(({ suites }) => {
  const tally = { passed: 0, failed: 0, skipped: 0 };
  for (const test of suites.flatMap(testsOf)) tally[outcomeOf(test)]++;
  return tally;
});

function testsOf({
  specs,
  suites = [],
}: z.output<typeof PlaywrightSuite>): z.output<typeof PlaywrightTest>[] {
  return [...specs.flatMap(({ tests }) => tests), ...suites.flatMap(testsOf)];
}

/** What passed at its second try has failed; so has what was interrupted or never run, which is reported as skipped. */
function outcomeOf({ status, expectedStatus, results }: z.output<typeof PlaywrightTest>): keyof Tally {
  if (status === "expected") return "passed";
  if (status === "flaky" || status === "unexpected") return "failed";
  const wasMeant = expectedStatus === "skipped" && results.every((result) => result.status === "skipped");
  return wasMeant && results.length > 0 ? "skipped" : "failed";
}
