import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { type Environment, serverCommand } from "../../infra/local/application";

const { resolve } = createRequire(import.meta.url);

/** How a process ended, and every line it wrote that says something. */
export type Ended = { code: number | null; output: string; errors: string[] };

/** Runs a TypeScript program as `npm run` does, to its end; killed when it does not come to one within a minute. */
export function runProgram(path: string, args: string[], environment: Environment): Promise<Ended> {
  return run([resolve("tsx/cli"), path, ...args], environment);
}

/** Runs the application in production to its end. */
export function runApplicationToEnd(port: number, environment: Environment): Promise<Ended> {
  return run(serverCommand("start", port), environment);
}

function run(args: string[], environment: Environment): Promise<Ended> {
  const child = spawn(process.execPath, args, {
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: 60_000,
    killSignal: "SIGKILL",
  });
  let output = "";
  let errors = "";
  child.stdout.on("data", (chunk) => {
    output += chunk;
  });
  child.stderr.on("data", (chunk) => {
    errors += chunk;
  });
  return new Promise((done, failed) => {
    child.once("error", failed);
    child.once("close", (code) =>
      done({
        code,
        output: output + errors,
        errors: errors.split("\n").filter((line) => line.trim() !== ""),
      }),
    );
  });
}
