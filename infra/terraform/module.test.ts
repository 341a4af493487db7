import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Variables } from "../../lib/env-variables";
import {
  copyTerraform,
  type TerraformFolder,
  unprotect,
  withoutTerraform,
} from "../local/testing/terraform-folder";
import { type RunningProvider, startProvider } from "../local/testing/terraform-provider";
import { breakLine, readBrokenLines } from "./broken-lines";
import { buildLambdas } from "./build-lambdas";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const read = (path: string) => readFileSync(here(path), "utf8");
const namesIn = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, name = ""]) => name);

const missing = withoutTerraform("fmt, validate and test of the Terraform module");

describe.skipIf(missing !== undefined)("Terraform", { timeout: 120_000 }, () => {
  let folder: TerraformFolder;
  let provider: RunningProvider;
  beforeAll(async () => {
    provider = await startProvider();
    folder = copyTerraform(provider.environment);
    await buildLambdas(`${folder.module}/build`);
    await folder.terraform("init");
  });
  afterAll(async () => {
    folder?.remove();
    await provider?.stop();
  });

  it("finds the module and its tests formatted", async () => {
    expect(await folder.terraform("fmt", "-check", "-recursive")).toMatchObject({ code: 0, stdout: "" });
  });

  it("finds the module valid, without a warning", async () => {
    const { stdout } = await folder.terraform("validate", "-json");
    expect(JSON.parse(stdout)).toMatchObject({ valid: true, error_count: 0, warning_count: 0 });
  });

  it("takes it as a module of a configuration that brings the provider", async () => {
    const example = `-chdir=${folder.module}/examples/module`;
    expect(await folder.terraform(example, "init")).toMatchObject({ code: 0 });
    const { stdout } = await folder.terraform(example, "validate", "-json");
    expect(JSON.parse(stdout)).toMatchObject({ valid: true, error_count: 0, warning_count: 0 });
  });

  it("sees every assertion hold on mocked resources", async () => {
    unprotect(folder);
    const { code, stdout } = await folder.terraform("test");
    expect(code, stdout).toBe(0);
    expect(stdout).toContain("Success! 13 passed, 0 failed.");
  });
});

describe("the module's assertions", () => {
  const suites = ["safe_defaults", "variables"].map((name) => read(`tests/${name}.tftest.hcl`)).join("\n");
  const messages = namesIn(suites, /^ +error_message = "(.+)"$/gm);

  it("are many, and each has a name of its own", () => {
    expect(messages.length).toBe(suites.match(/\bassert \{/g)?.length);
    expect(messages.length).toBeGreaterThanOrEqual(30);
    expect(new Set(messages).size).toBe(messages.length);
  });

  it("each have a line that they notice when it is broken (npm run test:terraform-mutations)", () => {
    const lines = readBrokenLines(".");
    for (const line of lines) expect(breakLine(read(line.file), line)).not.toBe(read(line.file));
    expect(new Set(lines.map(({ notices }) => notices))).toEqual(new Set(messages));
  });
});

describe("the module", () => {
  const variables = blocksOf("variables.tf", "variable");
  const outputs = blocksOf("outputs.tf", "output");
  const application = Object.keys(Variables.shape);

  it("says of every variable its type, its meaning and, unless it is a switch, its bounds", () => {
    for (const [name, text] of variables) {
      expect(text, name).toMatch(/\n {2}type +=/);
      expect(text, name).toMatch(/\n {2}description = ".{20,}"/);
      if (!/type += bool\n/.test(text)) expect(text, name).toContain("validation {");
    }
  });

  it("says of every output what it is, and hides those that may hold a secret", () => {
    for (const [name, text] of outputs) {
      expect(text, name).toMatch(/\n {2}description = ".{10,}"/);
      if (/SECRET|secret|dotenv/.test(name)) expect(text, name).toContain("sensitive   = true");
    }
  });

  it("shows every variable in terraform.tfvars.example and in its README", () => {
    const example = namesIn(read("terraform.tfvars.example"), /^#? ?([a-z_]+) += /gm);
    expect(example.sort()).toEqual([...variables.keys()].sort());
    for (const name of variables.keys()) expect(read("README.md"), name).toContain(`\`${name}\``);
  });

  it("names its outputs as the application names its environment", () => {
    const capitals = [...outputs.keys()].filter((name) => /^[A-Z]/.test(name));
    expect(capitals.length).toBeGreaterThan(5);
    expect(capitals.filter((name) => !application.includes(name))).toEqual([]);
    const dotenv = namesIn(read("outputs.tf"), /^ {4}([A-Z_]+) +=/gm);
    expect(capitals.filter((name) => !dotenv.includes(name))).toEqual([]);
  });

  it("has the names of variables and outputs that others build on", () => {
    const known = `project_name generate_server_client_secret access_token_validity_minutes
      id_token_validity_minutes refresh_token_validity_days`.split(/\s+/);
    expect([...variables.keys()]).toEqual(expect.arrayContaining(known));
    const told = `user_pool_id user_pool_arn server_app_client_id server_app_client_secret web_app_client_id
      hosted_ui_base_url authorization_endpoint token_endpoint logout_endpoint`.split(/\s+/);
    expect([...outputs.keys()]).toEqual(expect.arrayContaining(told));
  });

  it("has nothing that only a root can have, and takes the providers of versions 5 and 6", () => {
    const sources = readdirSync(here("."))
      .filter((name) => name.endsWith(".tf") && !["provider.tf", "backend.tf"].includes(name))
      .filter((name) => !name.endsWith("override.tf"))
      .map((name) => read(name));
    expect(sources.filter((text) => /^provider |^ +backend /m.test(text))).toEqual([]);
    expect(read("versions.tf")).toContain('version = ">= 5.98, < 7"');
    expect(read("provider.tf.example")).toMatch(/^provider "aws" \{\n {2}region +=/m);
  });

  it("lets nothing be destroyed by which people sign in, or which says what they may", () => {
    const kept =
      /^resource "(aws_cognito_user_(?:pool|group|pool_client|pool_domain))" "(\w+)" \{\n[\s\S]*?\n\}/gm;
    const blocks = [...read("cognito.tf").matchAll(kept)];
    expect(blocks.map(([, type, name]) => `${type}.${name}`).sort()).toEqual([
      "aws_cognito_user_group.this",
      "aws_cognito_user_pool.this",
      "aws_cognito_user_pool_client.server",
      "aws_cognito_user_pool_client.web",
      "aws_cognito_user_pool_domain.this",
    ]);
    for (const [text, type] of blocks) expect(text, type).toContain("prevent_destroy = true");
  });

  it("has one subject a file", () => {
    const files = readdirSync(here(".")).filter(
      (name) => name.endsWith(".tf") && !name.endsWith("override.tf"),
    );
    expect(files.sort().filter((name) => !["backend.tf", "provider.tf"].includes(name))).toEqual(
      "api.tf cognito.tf custom_message.tf iam.tf messages.tf outputs.tf pre_token.tf variables.tf versions.tf".split(
        " ",
      ),
    );
  });

  function blocksOf(file: string, kind: string): Map<string, string> {
    const blocks = read(file).matchAll(new RegExp(`^${kind} "(\\w+)" \\{\\n[\\s\\S]*?\\n\\}`, "gm"));
    return new Map([...blocks].map(([text, name = ""]) => [name, text]));
  }
});
