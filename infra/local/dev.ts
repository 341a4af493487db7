import { once } from "node:events";
import { join } from "node:path";
import { DamagedJournalError, FolderLockedError, PortInUseError, startCognito } from "@sekisho/local-cognito";
import { type Application, ApplicationEndedError, runNext, startApplication } from "./application";
import { demoSoftwareTokenSecret } from "./demo-users";
import { startNameServer } from "./name-server";
import { tryPort } from "./ports";
import { DEMO_PASSWORD, DEMO_USERS, provision } from "./provision";
import { Refusal } from "./refusal";
import { localSecret } from "./secret";
import { textRecordsIn } from "./text-records";
import { triggers } from "./triggers";

const MENDABLE = [FolderLockedError, PortInUseError, DamagedJournalError, ApplicationEndedError, Refusal];

const isProduction = process.argv.includes("--production");
const port = portFrom("PORT", 3000);
const cognitoPort = portFrom("COGNITO_LOCAL_PORT", 9229);
const dataDir = process.env.DATA_DIR || ".data";

try {
  await run();
} catch (error) {
  // What a person can mend is one line; anything else is a fault of ours and keeps its stack.
  if (MENDABLE.some((kind) => error instanceof kind)) fail((error as Error).message);
  throw error;
}

async function run(): Promise<void> {
  for (const [name, wanted] of [
    ["PORT", port],
    ["COGNITO_LOCAL_PORT", cognitoPort],
  ] as const) {
    if ((await tryPort(wanted)) === null) {
      throw new Refusal(`Port ${wanted} is in use. Stop what runs there, or set ${name} to another one.`);
    }
  }
  const cognito = await startCognito({
    port: cognitoPort,
    dataDir: join(dataDir, "cognito"),
    triggers,
    softwareTokenSecret: demoSoftwareTokenSecret,
    requirePkce: true,
    mockIdp: true,
  });
  // Nobody has a record in the DNS for a domain of this laptop: they write it into a file.
  const nameServer = await startNameServer(textRecordsIn(join(dataDir, "txt-records")));
  try {
    const url = `http://localhost:${port}`;
    const environment = {
      ...(await provision(cognito.url, { appUrl: url, colleagues: true })),
      AWS_ACCESS_KEY_ID: "local",
      AWS_SECRET_ACCESS_KEY: "local",
      NEXTAUTH_URL: url,
      NEXTAUTH_SECRET: localSecret(dataDir),
      DATA_DIR: dataDir,
      ...(!process.env.DATABASE_URL && { DEMO_DATA: process.env.DEMO_DATA || "1" }),
      DNS_SERVERS: process.env.DNS_SERVERS || nameServer.address,
      // Next says each request in a line of its own in development.
      ...(!isProduction && { LOG_LEVEL: process.env.LOG_LEVEL || "warn" }),
      // TENANT_MODE=subdomain then needs nothing else: browsers find every name under localhost.
      TENANT_MAIN_DOMAIN: "localhost",
    };
    if (isProduction) await build();
    const application = await startApplication(isProduction ? "start" : "dev", port, environment, "inherit");
    greet(application.url, cognito.url);
    await untilStopped(application);
  } finally {
    nameServer.close();
    await cognito.close();
  }
}

async function build(): Promise<void> {
  const [code] = await once(runNext(["build"], {}, "inherit"), "exit");
  if (code !== 0) throw new Refusal("The build failed.");
}

/** Ctrl-C reaches the whole process group, so the application is already ending: only wait for it. */
async function untilStopped(application: Application): Promise<void> {
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void application.stop());
  const { process: child } = application;
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  process.exitCode = child.exitCode ?? 0;
}

function greet(url: string, cognitoUrl: string): void {
  const users = DEMO_USERS.map(({ email, note }) => `    ${email.padEnd(24)} ${note}`).join("\n");
  console.log(`
  Sekisho runs at ${url}

  Sign in as one of these, password ${DEMO_PASSWORD}
${users}

  Local Cognito    ${cognitoUrl}
  Mails and texts  ${cognitoUrl}/_local/messages
`);
}

function portFrom(name: string, fallback: number): number {
  const value = Number(process.env[name] || fallback);
  if (!Number.isInteger(value) || value < 1 || value > 65_535)
    fail(`${name} must be a port from 1 to 65535.`);
  return value;
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}
