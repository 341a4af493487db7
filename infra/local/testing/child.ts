import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { bundle } from "./bundle";
import { QUICK_START } from "./quick-start";

/** A process of its own that talks in lines. */
export type TestChild = {
  process: ChildProcess;
  send(line: string): void;
  /** The next line that the child printed; null when there will be none. */
  nextLine(): Promise<string | null>;
  /** What it wrote to stderr so far. */
  errors(): string;
  /** kill -9, and waits until it is gone. */
  kill(): Promise<void>;
};

/** Runs a TypeScript file of this folder in a Node process of its own, with `environment` added to ours. */
export function startChild(
  file: string,
  args: string[] = [],
  environment: Record<string, string> = {},
): TestChild {
  const script = bundle(fileURLToPath(new URL(file, import.meta.url)));
  const child = spawn(process.execPath, [...QUICK_START, script, ...args], {
    env: { ...process.env, ...environment },
    stdio: ["pipe", "pipe", "pipe"],
  });
  let errors = "";
  child.stderr.on("data", (chunk) => {
    errors += chunk;
  });
  // A child that was killed cannot be told anything any more.
  child.stdin.on("error", () => undefined);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    process: child,
    send: (line) => child.stdin.write(`${line}\n`),
    nextLine: async () => {
      const { done, value } = await lines.next();
      return done ? null : value;
    },
    errors: () => errors,
    kill: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
    },
  };
}
