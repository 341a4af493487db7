import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { HOSTILE } from "../hostile-requests";
import { startStack } from "../stack";
import { residentBytes } from "./cpu";

/** What 50 connections that send too much of something cost another client. */
const CONNECTIONS = 50;
const REQUESTS = 150;
/** As often as its quiet median may another client's request take, at most. */
const LIMIT = 10;

const sender = fileURLToPath(new URL("../hostile-sender.ts", import.meta.url));
const stack = await startStack();
const { url, process: server } = stack.application;
const { port } = new URL(url);

try {
  await medianMs();
  console.log(`GET /api/health of one client, beside ${CONNECTIONS} connections that send\n`);
  let worst = 0;
  for (const [index, { name }] of HOSTILE.entries()) {
    const quiet = await medianMs();
    const besides = await beside(index);
    worst = Math.max(worst, besides / quiet);
    print(name, quiet, besides);
  }
  if (worst >= LIMIT) {
    console.error(
      `\nThe worst takes ${worst.toFixed(1)} times as long as it does quietly; the limit is ${LIMIT}.`,
    );
    process.exitCode = 1;
  }
} finally {
  await stack.stop();
}

async function beside(index: number): Promise<number> {
  const child = fork(sender, [String(index), port, String(CONNECTIONS)]);
  const ended = once(child, "exit");
  try {
    await once(child, "message");
    // The first answers come while what was sent first is still read.
    await medianMs();
    return await medianMs();
  } finally {
    child.kill("SIGKILL");
    await ended;
  }
}

async function medianMs(): Promise<number> {
  const durations: number[] = [];
  while (durations.length < REQUESTS) {
    const began = performance.now();
    const answer = await fetch(`${url}/api/health`);
    await answer.arrayBuffer();
    if (!answer.ok) throw new Error(`GET /api/health answered ${answer.status}`);
    durations.push(performance.now() - began);
  }
  durations.sort((a, b) => a - b);
  return durations[durations.length >> 1] ?? 0;
}

function print(name: string, quiet: number, besides: number): void {
  const ratio = `${(besides / quiet).toFixed(1)}×`.padStart(7);
  console.log(
    `${name.padEnd(28)} median ${besides.toFixed(1).padStart(7)} ms, quiet ${quiet.toFixed(1)} ms ${ratio}  ` +
      `server ${Math.round(residentBytes(server.pid) / 2 ** 20)} MB`,
  );
}
