import "./quiet-sdk";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { ownHeapFlags } from "../server/heap.mjs";

const nextBin = createRequire(import.meta.url).resolve("next/dist/bin/next");
const serverBin = fileURLToPath(new URL("../server/start.mjs", import.meta.url));
/** Longer than the server gives what is under way. */
const STOP_MS = 22_000;

type Output = "inherit" | "pipe";
type Build = { folder?: string | undefined; nodeFlags?: string[] | undefined };
export type Environment = Record<string, string | undefined>;

/** It ended before it answered; what it wrote says why. */
export class ApplicationEndedError extends Error {
  override name = "ApplicationEndedError";
}

/** A running application. `output` is what it wrote so far, when it was started with "pipe". */
export type Application = {
  url: string;
  process: ChildProcess;
  output: () => string;
  stop: () => Promise<void>;
};

/**
 * Runs a `next` command with this environment added to ours.
 *
 * @returns the child; it is ended by its own process id, never by name.
 */
export function runNext(args: string[], environment: Environment, stdio: Output): ChildProcess {
  return runNode([nextBin, ...args], environment, stdio);
}

/** The command of the server that the application runs in, on loopback only; `mode` and `folder` as below. */
export function serverCommand(mode: "dev" | "start", port: number, folder = "."): string[] {
  const isDev = mode === "dev" ? ["--dev"] : [];
  return [serverBin, folder, ...isDev, "--host", "127.0.0.1", "--port", String(port)];
}

function runNode(args: string[], environment: Environment, stdio: Output, cwd?: string): ChildProcess {
  return spawn(process.execPath, args, {
    ...(cwd !== undefined && { cwd }),
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", ...environment },
    stdio: ["ignore", stdio, stdio],
  });
}

/**
 * Starts the application on a loopback port and waits until it answers.
 *
 * @param mode "dev", or "start" for what `next build` made.
 * @param build its folder, by default the one we are in, and what Node is told. A folder with a server of its own is
 *   another version of the application, and is started as such.
 * @throws Error with the last of its output when it ends before it answers.
 */
export async function startApplication(
  mode: "dev" | "start",
  port: number,
  environment: Environment,
  stdio: Output,
  { folder, nodeFlags = [] }: Build = {},
): Promise<Application> {
  const ownServer = folder === undefined ? "" : resolve(folder, "infra/server/start.mjs");
  const flags = [...ownHeapFlags(environment.NODE_OPTIONS), ...nodeFlags];
  const child = existsSync(ownServer)
    ? runNode([...flags, ownServer, ...serverCommand(mode, port).slice(1)], environment, stdio, folder)
    : runNode([...flags, ...serverCommand(mode, port, folder)], environment, stdio);
  let text = "";
  const keep = (chunk: Buffer) => {
    text += chunk;
  };
  child.stdout?.on("data", keep);
  child.stderr?.on("data", keep);
  await untilAnswers(`http://127.0.0.1:${port}/api/health`, child, () => text);
  return {
    url: `http://localhost:${port}`,
    process: child,
    output: () => text,
    stop: () => stopProcess(child),
  };
}

/** Ends a child with SIGTERM, and with SIGKILL if it does not heed that. */
export async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
  await ended;
  clearTimeout(timer);
}

/** Waits for an answer. Any will do: an application whose database is away is up, and says 503. */
export async function untilAnswers(
  url: string,
  child: ChildProcess,
  output: () => string = () => "",
): Promise<void> {
  while (child.exitCode === null) {
    try {
      await fetch(url);
      return;
    } catch {
      // Not listening yet.
      await sleep(100);
    }
  }
  throw new ApplicationEndedError(
    `The application ended with code ${child.exitCode}.\n${output().slice(-2_000)}`.trim(),
  );
}
