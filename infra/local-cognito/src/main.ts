#!/usr/bin/env tsx
import { join } from "node:path";
import { moduleAt } from "./module";
import { optionsOf } from "./options";
import {
  DamagedJournalError,
  FolderLockedError,
  OptionError,
  PortInUseError,
  SeedError,
  type Setup,
  startCognito,
} from "./server";

/** What `COGNITO_LOCAL_PORT` is by itself. */
const USUAL_PORT = 9229;

/** `local-cognito [--setup <module>]`: the local Cognito alone, until it is interrupted. */
async function main(): Promise<void> {
  const { options, values } = optionsOf(process.argv.slice(2), process.env, ["setup"]);
  const setup = values.setup === undefined ? {} : await setupIn(values.setup);
  const dataDir = join(options.dataDir ?? ".data", "cognito");
  const cognito = await startCognito({ port: USUAL_PORT, ...options, dataDir, ...setup });
  const stop = () => void cognito.close().then(() => process.exit(0));
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  const { url, certificate, told } = cognito;
  const lines = [
    `Local Cognito at ${url} (what it holds and would have sent: ${url}/_local/)`,
    ...(certificate ? [`Clients have to trust ${certificate} (NODE_EXTRA_CA_CERTS, AWS_CA_BUNDLE).`] : []),
    ...(told === undefined ? [] : ["", told]),
  ];
  console.log(lines.join("\n"));
}

async function setupIn(path: string): Promise<Setup> {
  const { default: setup } = await moduleAt(path);
  return setup as Setup;
}

main().catch((error: unknown) => {
  const expected = [FolderLockedError, PortInUseError, DamagedJournalError, OptionError, SeedError];
  const known = error instanceof Error && expected.some((kind) => error instanceof kind);
  console.error(known ? error.message : error);
  process.exit(1);
});
