import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";

export const PROVIDER = "registry.terraform.io/hashicorp/aws";
const os = process.platform === "win32" ? "windows" : process.platform;
/** How Terraform calls this machine. */
export const PLATFORM = `${os}_${process.arch === "x64" ? "amd64" : process.arch}`;
/** What infra/terraform/versions.tf asks for. */
const OLDEST = [5, 98] as const;
const NEWEST_MAJOR = 6;
/** Where systems keep what is not the distribution's. A mirror is looked for there under any name. */
const SYSTEM_FOLDERS = ["opt", "usr/local/share", "usr/share", "usr/local/lib", "usr/lib", "var/lib", "srv"];

type Variables = Record<string, string | undefined>;

/** The folder to hand to `terraform init -plugin-dir`, or why Terraform cannot be run here. */
export type Terraform = { plugins: string } | { missing: string };

/**
 * Finds Terraform in PATH, and its AWS provider on this machine: nothing is downloaded.
 *
 * Looked at, in this order: TERRAFORM_PLUGIN_DIR, Terraform's cache and the mirrors of its configuration, the
 * folders where it looks by itself, and then any folder, up to two levels below the system's own, that is laid
 * out as a mirror of the registry.
 */
export function findTerraform(environment: Variables = process.env, root = "/"): Terraform {
  if (!runs("terraform", environment)) return { missing: "there is no terraform in PATH" };
  const given = environment.TERRAFORM_PLUGIN_DIR;
  const candidates = given ? [given] : [...usualFolders(environment, root), ...belowSystemFolders(root)];
  const plugins = candidates.find(holdsProvider);
  if (plugins) return { plugins };
  const where = given ? "TERRAFORM_PLUGIN_DIR" : "any plugin folder, nor is TERRAFORM_PLUGIN_DIR set";
  return { missing: `the AWS provider ${OLDEST.join(".")} or later is not in ${where}` };
}

function runs(program: string, environment: Variables): boolean {
  try {
    execFileSync(program, ["version"], { stdio: "ignore", env: { ...process.env, ...environment } });
    return true;
  } catch {
    // Not there, or not for this machine.
    return false;
  }
}

/** Terraform's documentation, "CLI configuration file": plugin cache, explicit and implied local mirrors. */
function usualFolders(environment: Variables, root: string): string[] {
  const home = environment.HOME ?? homedir();
  const { TF_PLUGIN_CACHE_DIR, TF_CLI_CONFIG_FILE, XDG_DATA_HOME, XDG_DATA_DIRS } = environment;
  const configuration = TF_CLI_CONFIG_FILE ?? join(home, ".terraformrc");
  const configured = existsSync(configuration) ? readFileSync(configuration, "utf8") : "";
  const mirrors = configured.matchAll(/^\s*(?:path|plugin_cache_dir)\s*=\s*"([^"]+)"/gm);
  const shared = XDG_DATA_DIRS?.split(delimiter) ?? ["usr/local/share", "usr/share"].map(under(root));
  return [
    ...(TF_PLUGIN_CACHE_DIR ? [TF_PLUGIN_CACHE_DIR] : []),
    ...[...mirrors].flatMap(([, path]) => path ?? []),
    join(home, ".terraform.d/plugins"),
    join(home, ".terraform.d/plugin-cache"),
    ...[XDG_DATA_HOME ?? join(home, ".local/share"), ...shared].map((data) =>
      join(data, "terraform/plugins"),
    ),
    join(home, "Library/Application Support/io.terraform/plugins"),
  ];
}

function belowSystemFolders(root: string): string[] {
  const first = SYSTEM_FOLDERS.map(under(root)).flatMap(subfolders);
  return [...first, ...first.flatMap(subfolders)];
}

const under = (root: string) => (name: string) => join(root, name);

function subfolders(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, name));
  } catch {
    // Not there, or not ours to read.
    return [];
  }
}

/** Unpacked (VERSION/OS_ARCH/) or packed (terraform-provider-aws_VERSION_OS_ARCH.zip), for this machine. */
function holdsProvider(folder: string): boolean {
  const versions = join(folder, PROVIDER);
  if (!existsSync(versions)) return false;
  return readdirSync(versions).some((name) => {
    const packed = /^terraform-provider-aws_([\d.]+)_(.+)\.zip$/.exec(name);
    if (packed) return isFit(packed[1] ?? "") && packed[2] === PLATFORM;
    return isFit(name) && existsSync(join(versions, name, PLATFORM));
  });
}

function isFit(version: string): boolean {
  const [major, minor = 0] = version.split(".").map(Number);
  return major === NEWEST_MAJOR || (major === OLDEST[0] && minor >= OLDEST[1]);
}
