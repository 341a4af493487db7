import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { runPlaywright, runVitest, type Tally } from "./test-run";

/** Has a runner run this text as its only test file. */
async function tallyOf(text: string, runIn: (folder: string) => Promise<Tally>): Promise<Tally> {
  const folder = mkdtempSync(join(tmpdir(), "sekisho-runner-"));
  try {
    symlinkSync(resolve("node_modules"), join(folder, "node_modules"));
    writeFileSync(join(folder, "playwright.config.mjs"), "export default { retries: 1 };");
    writeFileSync(join(folder, "a.test.mjs"), text);
    return await runIn(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const vitest = (text: string) =>
  tallyOf(`import { test, expect, beforeAll } from "vitest";\n${text}`, (folder) =>
    runVitest(["--root", folder], { output: "ignore" }),
  );
const playwright = (text: string) =>
  tallyOf(`import { test, expect } from "@playwright/test";\n${text}`, (folder) =>
    runPlaywright(["--config", folder], { output: "ignore" }),
  );
const PASSES = `test("passes", () => {});`;
const FAILS = `test("fails", () => { expect(1).toBe(2); });`;
const SKIPPED = `test.skip("is skipped", () => {});`;

test("Vitest's tests are counted: passed, failed, skipped and to do", async () => {
  const tally = await vitest(`${PASSES} test("too", () => {}); ${FAILS} ${SKIPPED} test.todo("is to do");`);
  expect(tally).toEqual({ passed: 2, failed: 1, skipped: 2 });
});

test("an error outside Vitest's tests is a failure, whatever passed", async () => {
  const tally = await vitest(`${PASSES} beforeAll(() => () => { throw new Error("at the end"); });`);
  expect(tally).toEqual({ passed: 1, failed: 1, skipped: 0 });
});

test("a run in which everything was skipped has failed", async () => {
  expect(await vitest(SKIPPED)).toEqual({ passed: 0, failed: 1, skipped: 1 });
});

test("of Playwright's tests, one that passed at its second try has failed, and so has one not come to", async () => {
  const flaky = `test("is flaky", ({}, info) => { expect(info.retry).toBe(1); });`;
  const cut = `test.describe.serial("cut off", () => { ${FAILS} test("is not come to", () => {}); });`;
  expect(await playwright(`${PASSES} ${SKIPPED} ${flaky} ${cut}`)).toEqual({
    passed: 1,
    failed: 3,
    skipped: 1,
  });
});

test("a file that Playwright cannot read is a failure", async () => {
  expect(await playwright(`${PASSES} import "./nowhere.mjs";`)).toEqual({ passed: 0, failed: 1, skipped: 0 });
});
