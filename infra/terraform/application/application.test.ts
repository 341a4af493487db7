import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Variables } from "../../../lib/env-variables";
import {
  copyTerraform,
  type TerraformFolder,
  unprotect,
  withoutTerraform,
} from "../../local/testing/terraform-folder";
import { type RunningProvider, startProvider } from "../../local/testing/terraform-provider";
import { breakLine, readBrokenLines } from "../broken-lines";
import { buildLambdas } from "../build-lambdas";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const read = (path: string) => readFileSync(here(path), "utf8");
const namesIn = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, name = ""]) => name);

const missing = withoutTerraform("validate and test of the application's Terraform");

describe.skipIf(missing !== undefined)("Terraform", { timeout: 120_000 }, () => {
  let folder: TerraformFolder;
  let provider: RunningProvider;
  let chdir: string;
  beforeAll(async () => {
    provider = await startProvider();
    folder = copyTerraform(provider.environment);
    chdir = `-chdir=${folder.module}/application`;
    await buildLambdas(`${folder.module}/build`);
    expect(await folder.terraform(chdir, "init")).toMatchObject({ code: 0 });
  });
  afterAll(async () => {
    folder?.remove();
    await provider?.stop();
  });

  it("finds the application valid, without a warning", async () => {
    const { stdout } = await folder.terraform(chdir, "validate", "-no-tests", "-json");
    expect(JSON.parse(stdout)).toMatchObject({ valid: true, error_count: 0, warning_count: 0 });
  });

  it("sees every assertion hold on mocked resources", async () => {
    unprotect(folder);
    const { code, stdout } = await folder.terraform(chdir, "test");
    expect(code, stdout).toBe(0);
    expect(stdout).toContain("Success! 11 passed, 0 failed.");
  });
});

describe("the application's assertions", () => {
  const suite = read("tests/application.tftest.hcl");
  const messages = namesIn(suite, /^ +error_message = "(.+)"$/gm);

  it("have a name each", () => {
    expect(messages.length).toBe(suite.match(/\bassert \{/g)?.length);
    expect(messages.length).toBeGreaterThanOrEqual(70);
    expect(new Set(messages).size).toBe(messages.length);
  });

  it("each have a line that they notice when it is broken (npm run test:terraform-mutations)", () => {
    const lines = readBrokenLines("application");
    for (const line of lines) expect(breakLine(read(line.file), line)).not.toBe(read(line.file));
    expect(new Set(lines.map(({ notices }) => notices))).toEqual(new Set(messages));
  });
});

describe("the application's variables", () => {
  const variables = blocksOf(read("variables.tf"), "variable");

  it("say their type, their meaning and, unless they are a switch, their bounds", () => {
    expect(variables.size).toBeGreaterThan(30);
    for (const [name, text] of variables) {
      expect(text, name).toMatch(/\n {2}type +=/);
      expect(text, name).toMatch(/\n {2}description = ".{20,}"/);
      if (!/type += bool\n/.test(text)) expect(text, name).toContain("validation {");
    }
  });

  it("are all in terraform.tfvars.example", () => {
    const example = namesIn(read("terraform.tfvars.example"), /^#? ?([a-z_]+) += /gm);
    // What infra/bin/deploy says itself.
    const own = ["image", "migration_image"];
    expect([...example, ...own].sort()).toEqual([...variables.keys()].sort());
  });
});

it("the containers are given variables that the application has", () => {
  const given = ["main.tf", "database/outputs.tf", "service/tasks.tf"].flatMap((file) =>
    namesIn(read(file), /\b([A-Z][A-Z]+_[A-Z_]+|PORT)\b +=/g),
  );
  // The driver's own.
  const others = new Set(["PGPASSWORD"]);
  const known = new Set(Object.keys(Variables.shape));
  expect(given.length).toBeGreaterThan(8);
  expect(given.filter((name) => !known.has(name) && !others.has(name))).toEqual([]);
});

it("the alarms look for events that the application logs", () => {
  const events = namesIn(read("alarms/alarms.tf"), /\$\.event = \\"([\w.]+)\\"/g);
  const sources = readdirSync(here("../../../lib"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
    .map((name) => read(`../../../lib/${name}`));
  const logged = new Set(sources.flatMap((text) => namesIn(text, /\blog\(\s*"\w+",\s*"([\w.]+)"/g)));
  expect(events.length).toBe(3);
  expect(events.filter((event) => !logged.has(event))).toEqual([]);
});

function blocksOf(text: string, kind: string): Map<string, string> {
  const blocks = text.matchAll(new RegExp(`^${kind} "(\\w+)" \\{\\n[\\s\\S]*?\\n\\}`, "gm"));
  return new Map([...blocks].map(([block, name = ""]) => [name, block]));
}
