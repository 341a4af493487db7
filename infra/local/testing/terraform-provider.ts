import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { findTerraform, PLATFORM, PROVIDER } from "../terraform";
import { terraformEnvironment } from "./terraform-folder";

/** The AWS provider as one process for many commands, of which each would otherwise start it three or four times. */
export type RunningProvider = {
  /** For the commands that are to use it (Terraform's documentation, "Running Terraform With A Provider in Debug Mode"). */
  environment: Record<string, string>;
  stop: () => Promise<void>;
};

/** Starts it; where it is only there packed, commands start it by themselves. */
export async function startProvider(): Promise<RunningProvider> {
  const program = unpackedProvider();
  if (program === undefined) return { environment: {}, stop: async () => {} };
  const env = terraformEnvironment() as NodeJS.ProcessEnv;
  const child = spawn(program, ["-debug"], { env, stdio: ["ignore", "pipe", "ignore"] });
  const kill = () => child.kill("SIGKILL");
  process.on("exit", kill);
  const stop = async () => {
    process.off("exit", kill);
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    kill();
    await ended;
  };
  let address: string | undefined;
  for await (const line of createInterface(child.stdout)) {
    address = /TF_REATTACH_PROVIDERS='(.+)'/.exec(line)?.[1];
    if (address !== undefined) break;
  }
  if (address === undefined) {
    await stop();
    throw new Error("The AWS provider of Terraform ended before it said where it listens.");
  }
  // Nobody reads what else it says, and that must not fill the pipe.
  child.stdout.resume();
  return { environment: { TF_REATTACH_PROVIDERS: address }, stop };
}

function unpackedProvider(): string | undefined {
  const found = findTerraform();
  if ("missing" in found) return undefined;
  const versions = join(found.plugins, PROVIDER);
  const [folder] = readdirSync(versions)
    .map((version) => join(versions, version, PLATFORM))
    .filter(existsSync)
    .reverse();
  const name = folder && readdirSync(folder).find((each) => each.startsWith("terraform-provider-aws"));
  return name && join(folder, name);
}
