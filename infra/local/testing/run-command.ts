import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { bundle } from "./bundle";
import { QUICK_START } from "./quick-start";

/**
 * Runs a TypeScript file of the folder above as a command of its own, with nothing of our environment but where programs
 * and the home are.
 *
 * @returns its exit code, and all that it wrote.
 */
export async function runCommandFile(
  file: string,
  args: string[],
  environment: Record<string, string>,
): Promise<{ code: number | null; output: string }> {
  const script = bundle(fileURLToPath(new URL(`../${file}`, import.meta.url)));
  const { PATH = "", HOME = "" } = process.env;
  const child = spawn(process.execPath, [...QUICK_START, script, ...args], {
    env: { PATH, HOME, NODE_ENV: "test", AWS_EC2_METADATA_DISABLED: "true", ...environment },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += String(chunk)));
  await once(child, "close");
  return { code: child.exitCode, output };
}
