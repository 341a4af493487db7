import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findTerraform } from "../terraform";

const checkout = fileURLToPath(new URL("../../../", import.meta.url));
/** What Terraform and its builds leave in a person's checkout. */
const LEFT_BEHIND =
  /\/(build|\.terraform[^/]*|[^/]*\.tfstate[^/]*|[^/]*\.tfvars|[^/]*override\.tf|backend\.tf|terraform\/provider\.tf)$/;

type Environment = Record<string, string | undefined>;
export type Ran = { code: number; stdout: string; stderr: string };

/** Why no test can run Terraform here, said once; undefined when they can. */
export function withoutTerraform(what: string): string | undefined {
  const found = findTerraform();
  if (!("missing" in found)) return undefined;
  process.stdout.write(`skipped: ${what}, because ${found.missing}\n`);
  return found.missing;
}

/** Runs a program to its end, whatever its exit code. */
export function run(
  program: string,
  args: string[],
  { cwd, env }: { cwd: string; env: Environment },
): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      program,
      args,
      { cwd, env: env as NodeJS.ProcessEnv, maxBuffer: 2 ** 26 },
      (error, stdout, stderr) => {
        if (error && typeof error.code !== "number") reject(error);
        else resolve({ code: Number(error?.code ?? 0), stdout, stderr });
      },
    );
    child.stdin?.end();
  });
}

/** The environment of a Terraform that asks nobody, downloads nothing and knows no settings of this machine's owner. */
export function terraformEnvironment(more: Environment = {}): Environment {
  const found = findTerraform();
  const kept = Object.entries(process.env).filter(([name]) => !/^(TF_|AWS_)/.test(name));
  return {
    ...Object.fromEntries(kept),
    TF_IN_AUTOMATION: "1",
    TF_INPUT: "0",
    TF_CLI_ARGS: "-no-color",
    TF_CLI_ARGS_init: "missing" in found ? "" : `-plugin-dir=${found.plugins}`,
    CHECKPOINT_DISABLE: "1",
    AWS_EC2_METADATA_DISABLED: "true",
    // Each command reads the provider's whole schema and ends: with Go's usual care about memory it takes half as long again.
    GOGC: "400",
    ...more,
  };
}

/** A copy of infra/terraform and infra/bin, so that nothing of a test lands in the checkout. */
export type TerraformFolder = {
  root: string;
  /** infra/terraform in it. */
  module: string;
  /** Runs `terraform` there. */
  terraform: (...args: string[]) => Promise<Ran>;
  /** Runs a script of infra/bin. */
  script: (name: string, ...args: string[]) => Promise<Ran>;
  remove: () => void;
};

/** @param variables environment of every command, such as TF_VAR_domain_prefix. */
export function copyTerraform(variables: Record<string, string> = {}): TerraformFolder {
  const root = mkdtempSync(join(tmpdir(), "sekisho-terraform-"));
  for (const path of ["infra/terraform", "infra/bin"]) {
    cpSync(join(checkout, path), join(root, path), {
      recursive: true,
      filter: (source) => !LEFT_BEHIND.test(source),
    });
  }
  cpSync(join(checkout, "package.json"), join(root, "package.json"));
  symlinkSync(join(checkout, "node_modules"), join(root, "node_modules"));
  const module = join(root, "infra/terraform");
  const env = terraformEnvironment(variables);
  return {
    root,
    module,
    terraform: (...args) => run("terraform", args, { cwd: module, env }),
    script: (name, ...args) => run(join(root, "infra/bin", name), args, { cwd: root, env }),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

/**
 * Makes the copy fit for `terraform test`: what it makes can be destroyed again, and what its mocks cannot make up, an
 * ephemeral secret, is there.
 */
export function unprotect({ module }: TerraformFolder): void {
  for (const folder of [module, join(module, "application/database")])
    cpSync(join(folder, "unprotected_override.tf.example"), join(folder, "unprotected_override.tf"));
  const application = join(module, "application");
  cpSync(join(application, "tests/mocks/random.tf"), join(application, "service/random/random.tf"));
}

/** Has the copy's provider speak to a local Cognito (Terraform's own way to override a block of a module). */
export function pointAtLocalCognito({ module }: TerraformFolder, endpoint: string): void {
  writeFileSync(
    join(module, "local_override.tf"),
    `provider "aws" {
  access_key                  = "local"
  secret_key                  = "local"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true

  endpoints {
    cognitoidp = "${endpoint}"
  }
}
`,
  );
}
