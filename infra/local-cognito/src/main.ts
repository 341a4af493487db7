#!/usr/bin/env tsx
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { DamagedJournalError, FolderLockedError, PortInUseError, type Setup, startCognito } from "./server";

/** `local-cognito [--setup <module>]`: the local Cognito alone, until it is interrupted. */
async function main(): Promise<void> {
  const { setup: path } = parseArgs({ options: { setup: { type: "string" } } }).values;
  const { fill, ...setup } = path === undefined ? {} : await setupIn(path);
  const port = portFrom(process.env.COGNITO_LOCAL_PORT);
  const dataDir = join(process.env.DATA_DIR || ".data", "cognito");
  const cognito = await startCognito({ port, dataDir, ...setup });
  const stop = () => void cognito.close().then(() => process.exit(0));
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  const { url } = cognito;
  const where = `Local Cognito at ${url} (loopback only; what it holds and would have sent: ${url}/_local/)`;
  console.log([where, ...(fill ? ["", await fill(url)] : [])].join("\n"));
}

async function setupIn(path: string): Promise<Setup> {
  const module: { default: Setup } = await import(pathToFileURL(path).href);
  return module.default;
}

function portFrom(text: string | undefined): number {
  const port = Number(text || "9229");
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new RangeError(`COGNITO_LOCAL_PORT must be a port number, and is "${text}".`);
}

main().catch((error: unknown) => {
  const expected = [FolderLockedError, PortInUseError, DamagedJournalError, RangeError];
  const known = error instanceof Error && expected.some((kind) => error instanceof kind);
  console.error(known ? error.message : error);
  process.exit(1);
});
