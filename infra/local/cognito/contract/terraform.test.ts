import { execFile, execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import {
  AdminListGroupsForUserCommand,
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  ListUserPoolsCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, describe, expect, it } from "vitest";
import { openTarget } from "./target";

const plugins = providerFolder();
const missing = !hasTerraform()
  ? "there is no terraform"
  : plugins === undefined
    ? "the AWS provider is in none of Terraform's plugin folders, nor in TERRAFORM_PLUGIN_DIR"
    : undefined;
if (missing) process.stdout.write(`skipped: Terraform's cycle, because ${missing}\n`);

const target = await openTarget();
const folder = mkdtempSync(join(tmpdir(), "cognito-terraform-"));
afterAll(async () => {
  await target.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Resolves to what it printed; `detailed` is the exit code of a plan: 0 without changes, 2 with some. */
async function terraform(...args: string[]): Promise<{ out: string; code: number }> {
  const variables = { TF_VAR_endpoint: target.endpoint, TF_IN_AUTOMATION: "1", CHECKPOINT_DISABLE: "1" };
  try {
    const options = { cwd: folder, env: { ...process.env, ...variables }, maxBuffer: 2 ** 26 };
    const { stdout } = await promisify(execFile)("terraform", args, options);
    return { out: stdout, code: 0 };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    if (code === 2) return { out: stdout, code };
    throw new Error(`terraform ${args[0]}: ${stdout}\n${stderr}`);
  }
}
const plan = (...vars: string[]) =>
  terraform("plan", "-no-color", "-input=false", "-detailed-exitcode", ...vars);
const apply = (...vars: string[]) =>
  terraform("apply", "-no-color", "-input=false", "-auto-approve", ...vars);
const output = async (name: string) => (await terraform("output", "-raw", name)).out.trim();

describe.skipIf(missing !== undefined || !target.isOwn)("Terraform", { timeout: 300_000 }, () => {
  it("makes a pool with everything that belongs to it", async () => {
    cpSync(fileURLToPath(new URL("terraform/main.tf", import.meta.url)), join(folder, "main.tf"));
    await terraform("init", "-no-color", "-input=false", `-plugin-dir=${plugins}`);
    const { out } = await apply();
    expect(out).toMatch(/Apply complete! Resources: 9 added, 0 changed, 0 destroyed/);
    const UserPoolId = await output("user_pool_id");
    const { Groups } = await target.sdk.send(
      new AdminListGroupsForUserCommand({ UserPoolId, Username: "alice@acme.example" }),
    );
    expect(Groups?.map(({ GroupName }) => GroupName)).toEqual(["admin"]);
  });

  it("finds nothing to change right after", async () => {
    expect(await plan()).toMatchObject({ code: 0 });
  });

  it("finds nothing to change after a restart either", async () => {
    await target.restart();
    expect(await plan()).toMatchObject({ code: 0 });
  });

  const updates = ["-var=description=second", "-var=access_token_minutes=15"];
  it("updates in place what can be updated", async () => {
    const { out } = await apply(...updates);
    expect(out).toMatch(/0 added, 3 changed, 0 destroyed/);
    const UserPoolId = await output("user_pool_id");
    const { UserPool } = await target.sdk.send(new DescribeUserPoolCommand({ UserPoolId }));
    expect(UserPool?.UserPoolTags).toEqual({ revision: "second" });
    const ClientId = await output("client_id");
    const { UserPoolClient } = await target.sdk.send(
      new DescribeUserPoolClientCommand({ UserPoolId, ClientId }),
    );
    expect(UserPoolClient).toMatchObject({ AccessTokenValidity: 15, IdTokenValidity: 60 });
    expect(await plan(...updates)).toMatchObject({ code: 0 });
  });

  it("destroys it all and leaves nothing", async () => {
    const { out } = await terraform("destroy", "-no-color", "-input=false", "-auto-approve");
    expect(out).toMatch(/Destroy complete! Resources: 9 destroyed/);
    const { UserPools } = await target.sdk.send(new ListUserPoolsCommand({ MaxResults: 60 }));
    expect(UserPools).toEqual([]);
  });
});

function hasTerraform(): boolean {
  try {
    execFileSync("terraform", ["version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** A folder with the AWS provider in it, laid out as a mirror of the registry: tests download nothing. */
function providerFolder(): string | undefined {
  const { TERRAFORM_PLUGIN_DIR, TF_PLUGIN_CACHE_DIR, TF_CLI_CONFIG_FILE, XDG_DATA_HOME } = process.env;
  const home = homedir();
  const configuration = TF_CLI_CONFIG_FILE ?? join(home, ".terraformrc");
  const configured = existsSync(configuration) ? readFileSync(configuration, "utf8") : "";
  const mirrors = [...configured.matchAll(/(?:path|plugin_cache_dir)\s*=\s*"([^"]+)"/g)];
  const candidates = [
    TERRAFORM_PLUGIN_DIR,
    TF_PLUGIN_CACHE_DIR,
    ...mirrors.map(([, path]) => path),
    join(home, ".terraform.d/plugins"),
    join(home, ".terraform.d/plugin-cache"),
    join(XDG_DATA_HOME ?? join(home, ".local/share"), "terraform/plugins"),
  ];
  return candidates.find((candidate) => {
    const versions = candidate && join(candidate, "registry.terraform.io/hashicorp/aws");
    return versions && existsSync(versions) && readdirSync(versions).length > 0;
  });
}
