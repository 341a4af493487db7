import "../../local/quiet-sdk";
import { join } from "node:path";
import { FolderLockedError } from "@/lib/folder-lock";
import { demoSoftwareTokenSecret } from "../../local/demo-users";
import { DEMO_PASSWORD, DEMO_USERS, type PoolEnvironment, provision } from "../../local/provision";
import { triggers } from "../../local/triggers";
import { PortInUseError, startCognito } from "./server";
import { DamagedJournalError } from "./store/journal";

/** `npm run cognito`: the local Cognito alone, until it is interrupted. */
async function main(): Promise<void> {
  const port = portFrom(process.env.COGNITO_LOCAL_PORT);
  const dataDir = join(process.env.DATA_DIR || ".data", "cognito");
  const cognito = await startCognito({
    port,
    dataDir,
    triggers,
    softwareTokenSecret: demoSoftwareTokenSecret,
  });
  const stop = () => void cognito.close().then(() => process.exit(0));
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  console.log(summary(await provision(cognito.url)));
}

function portFrom(text: string | undefined): number {
  const port = Number(text || "9229");
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new RangeError(`COGNITO_LOCAL_PORT must be a port number, and is "${text}".`);
}

function summary(environment: PoolEnvironment): string {
  const users = DEMO_USERS.map(({ email, note }) => `  ${email.padEnd(22)} ${note}`);
  return [
    `Local Cognito at ${environment.COGNITO_ENDPOINT} (loopback only; what it holds and would have sent: ${environment.COGNITO_ENDPOINT}/_local/)`,
    "",
    ...Object.entries(environment).map(([name, value]) => `${name}=${value}`),
    "",
    `Demo users, password ${DEMO_PASSWORD}`,
    ...users,
    "",
    "Try it:",
    "AWS_ACCESS_KEY_ID=x AWS_SECRET_ACCESS_KEY=x aws cognito-idp admin-initiate-auth \\",
    `  --endpoint-url ${environment.COGNITO_ENDPOINT} --region ${environment.AWS_REGION} \\`,
    `  --user-pool-id ${environment.COGNITO_USER_POOL_ID} --client-id ${environment.COGNITO_APP_CLIENT_ID} \\`,
    `  --auth-flow ADMIN_USER_PASSWORD_AUTH --auth-parameters 'USERNAME=bob@acme.example,PASSWORD=${DEMO_PASSWORD}'`,
  ].join("\n");
}

main().catch((error: unknown) => {
  const expected = [FolderLockedError, PortInUseError, DamagedJournalError, RangeError];
  const known = error instanceof Error && expected.some((kind) => error instanceof kind);
  console.error(known ? error.message : error);
  process.exit(1);
});
