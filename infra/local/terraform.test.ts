import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findTerraform, PLATFORM as platform, PROVIDER as provider } from "./terraform";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "find-terraform-"));
  make("bin/terraform", "#!/bin/sh\n");
  chmodSync(join(root, "bin/terraform"), 0o755);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function make(path: string, text = ""): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}
const find = (more: Record<string, string> = {}) =>
  findTerraform({ PATH: join(root, "bin"), HOME: join(root, "home"), ...more }, root);

describe("the AWS provider of Terraform", () => {
  it.each([
    ["in Terraform's own folder", "home/.terraform.d/plugins"],
    ["in the shared data folder", "usr/share/terraform/plugins"],
    ["in a folder of any name below the system's", "opt/whatever"],
    ["one level deeper", "var/lib/some/mirror"],
  ])("is found %s", (_, folder) => {
    make(`${folder}/${provider}/5.100.0/${platform}/terraform-provider-aws_v5.100.0_x5`);
    expect(find()).toEqual({ plugins: join(root, folder) });
  });

  it("is found packed, and where the CLI configuration or the environment says", () => {
    make(`here/${provider}/terraform-provider-aws_5.98.0_${platform}.zip`);
    const here = join(root, "here");
    expect(find({ TERRAFORM_PLUGIN_DIR: here })).toEqual({ plugins: here });
    expect(find({ TF_PLUGIN_CACHE_DIR: here })).toEqual({ plugins: here });
    make("cli.tfrc", `provider_installation {\n  filesystem_mirror {\n    path = "${here}"\n  }\n}\n`);
    expect(find({ TF_CLI_CONFIG_FILE: join(root, "cli.tfrc") })).toEqual({ plugins: here });
  });

  it.each([
    ["of another machine", "5.100.0/plan9_amd64"],
    ["too old", `5.97.0/${platform}`],
    ["of a later major version, which was never tried", `7.1.0/${platform}`],
  ])("is not taken when it is %s", (_, version) => {
    make(`opt/mirror/${provider}/${version}/terraform-provider-aws`);
    expect(find()).toEqual({ missing: expect.stringContaining("the AWS provider 5.98 or later is not in") });
  });

  it("is of no use without terraform itself", () => {
    expect(find({ PATH: join(root, "empty") })).toEqual({ missing: "there is no terraform in PATH" });
  });

  it("is looked for nowhere else when TERRAFORM_PLUGIN_DIR is set", () => {
    make(`opt/mirror/${provider}/5.100.0/${platform}/terraform-provider-aws`);
    expect(find({ TERRAFORM_PLUGIN_DIR: join(root, "none") })).toEqual({
      missing: "the AWS provider 5.98 or later is not in TERRAFORM_PLUGIN_DIR",
    });
  });
});
