import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Application, type Environment, startApplication } from "./application";
import { startCognito } from "./cognito/server";
import { freePort } from "./ports";
import { provision } from "./provision";
import { localSecret } from "./secret";
import { triggers } from "./triggers";

export type StackOptions = {
  /** "start" needs a build; "dev" compiles on demand. */
  mode?: "dev" | "start";
  /** How the local pool is made. */
  pool?: Parameters<typeof provision>[1];
  /** Settings of the application on top of the usual ones. */
  environment?: Environment;
};

/** A local Cognito and an application of its own, on free ports and in a temporary folder. */
export type Stack = {
  application: Application;
  cognito: Awaited<ReturnType<typeof startCognito>>;
  environment: Environment;
  stop: () => Promise<void>;
};

/** Starts a stack for tests; `stop` ends its processes and removes its folder. */
export async function startStack({ mode = "start", pool, environment }: StackOptions = {}): Promise<Stack> {
  const dataDir = mkdtempSync(join(tmpdir(), "sekisho-"));
  const cognito = await startCognito({ port: 0, dataDir: join(dataDir, "cognito"), triggers });
  const port = await freePort();
  const full = {
    ...(await provision(cognito.url, pool)),
    AWS_ACCESS_KEY_ID: "local",
    AWS_SECRET_ACCESS_KEY: "local",
    NEXTAUTH_URL: `http://localhost:${port}`,
    NEXTAUTH_SECRET: localSecret(dataDir),
    DATA_DIR: dataDir,
    DATABASE_URL: undefined,
    ...environment,
  };
  const application = await startApplication(mode, port, full, "pipe");
  const stop = async () => {
    await application.stop();
    await cognito.close();
    rmSync(dataDir, { recursive: true, force: true });
  };
  return { application, cognito, environment: full, stop };
}
