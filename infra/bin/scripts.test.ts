import { existsSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { homeWith, standIn } from "../local/testing/program-folder";
import { copyTerraform, run, type TerraformFolder } from "../local/testing/terraform-folder";

const credentials = { AWS_ACCESS_KEY_ID: "local", AWS_SECRET_ACCESS_KEY: "local" };

/** A copy: the scripts put files beside the module that a person's checkout need not have. */
let folder: TerraformFolder;
beforeAll(() => {
  folder = copyTerraform();
});
afterAll(() => folder.remove());

let home: string;
let asked: string;
beforeEach(() => {
  home = homeWith("terraform-scripts-", ["bash", "dirname", "cat", "env", "rm"]);
  asked = join(home, "asked");
  symlinkSync(join(dirname(process.execPath), "npm"), join(home, "bin/npm"));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

/** A terraform that notes what it is asked and knows one output. */
function terraformWith(deletionProtection: string): void {
  standIn(home, "terraform", `echo "$*" >>${asked}\n[ "$1" = output ] && printf %s ${deletionProtection}`);
}

const script = (name: string, args: string[], variables: Record<string, string> = {}) =>
  run(join(folder.root, "infra/bin", name), args, {
    cwd: home,
    env: { PATH: join(home, "bin"), HOME: home, AWS_EC2_METADATA_DISABLED: "true", ...variables },
  });
const commands = () => readFileSync(asked, "utf8").trim().split("\n");

describe.each(["terraform_apply", "terraform_destroy"])("infra/bin/%s", (name) => {
  it("says what to install when there is no terraform", async () => {
    const { code, stderr } = await script(name, ["-y"], credentials);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^There is no terraform in PATH\.\nInstall Terraform 1\.11 or later: https:/);
  });

  it("says what to set when there are no credentials, and asks Terraform nothing", async () => {
    terraformWith("INACTIVE");
    const { code, stderr } = await script(name, ["-y"]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^There are no AWS credentials: Could not load credentials.*\nSet AWS_PROFILE/);
    expect(commands).toThrow("ENOENT");
  });

  it("changes nothing when there is nobody to ask", async () => {
    terraformWith("INACTIVE");
    const { code, stderr } = await script(name, [], credentials);
    expect([code, stderr]).toEqual([1, "There is nobody to ask. With -y it goes ahead without asking.\n"]);
    expect(commands).toThrow("ENOENT");
  });

  it("explains itself", async () => {
    const { code, stdout } = await script(name, ["-h"]);
    expect(code).toBe(0);
    expect(stdout).toContain(`Usage: infra/bin/${name} [-y]`);
  });
});

describe("infra/bin/terraform_destroy", () => {
  it("spares a pool that is protected against deletion, and everything around it", async () => {
    terraformWith("ACTIVE");
    const { code, stderr } = await script("terraform_destroy", ["-y"], credentials);
    expect(code).toBe(1);
    expect(stderr).toContain("infra/bin/terraform_apply -var deletion_protection=false");
    expect(commands()).toEqual(["init -input=false", "output -raw deletion_protection"]);
  });

  it("puts the provider in place, which is no part of the module", async () => {
    terraformWith("INACTIVE");
    rmSync(join(folder.module, "provider.tf"), { force: true });
    expect((await script("terraform_destroy", ["-y"], credentials)).code).toBe(0);
    expect(readFileSync(join(folder.module, "provider.tf"), "utf8")).toContain('provider "aws" {');
  });

  it("leaves no way behind by which the pool could be destroyed the next time", async () => {
    terraformWith("INACTIVE");
    expect((await script("terraform_destroy", ["-y"], credentials)).code).toBe(0);
    expect(existsSync(join(folder.module, "unprotected_override.tf"))).toBe(false);
  });

  it("hands its other arguments on", async () => {
    terraformWith("INACTIVE");
    const { code } = await script("terraform_destroy", ["-y", "-var-file", "staging.tfvars"], credentials);
    expect(code).toBe(0);
    expect(commands().at(-1)).toBe("destroy -input=false -var-file staging.tfvars -auto-approve");
  });
});

it("infra/bin/terraform_apply replaces neither the pool nor its groups, whatever is asked for", async () => {
  terraformWith("ACTIVE");
  for (const what of ["--may-replace=pool", "--may-replace=groups", "--may-replace"]) {
    const { code, stderr } = await script("terraform_apply", ["-y", what], credentials);
    expect([code, stderr]).toEqual([
      1,
      "What may be replaced is server, web or domain: --may-replace=server\n",
    ]);
  }
  expect(commands).toThrow("ENOENT");
});
