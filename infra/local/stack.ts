import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startCognito } from "@sekisho/local-cognito";
import { type Application, type Environment, startApplication } from "./application";
import { demoSoftwareTokenSecret } from "./demo-users";
import { startNameServer } from "./name-server";
import { freePort } from "./ports";
import { type PoolEnvironment, provision } from "./provision";
import { localSecret } from "./secret";
import { giveMigratedPglite } from "./testing/migrated-pglite";
import { triggers } from "./triggers";

export type StackOptions = {
  /** How the local pool is made. */
  pool?: Parameters<typeof provision>[1];
  /** Settings of the application on top of the usual ones. */
  environment?: Environment;
  /** What Node is told that runs the applications. */
  nodeFlags?: string[];
};

/** A local Cognito with its pool and a temporary data folder: what applications are started on. */
export type Ground = {
  /** With mock identity providers, at `/_idp/<any name>`. */
  cognito: Awaited<ReturnType<typeof startCognito>>;
  /** The TXT records that applications find, by their names. */
  textRecords: Map<string, string[]>;
  pool: PoolEnvironment;
  dataDir: string;
  /** Of the one application that Cognito's own pages send people back to. */
  webPort: number;
  /** What an application on this port is started with. */
  environment: (port: number) => Environment;
  /**
   * Starts one more application, by default on a free port and of the build in the working directory. All of them
   * share the pool, and the folder unless their DATA_DIR is another.
   */
  startApplication: (environment?: Environment, port?: number, build?: string) => Promise<Application>;
  /** Ends the applications and the local Cognito, and removes the folder. */
  stop: () => Promise<void>;
};

/** A local Cognito and an application of its own, on free ports and in a temporary folder. */
export type Stack = Ground & { application: Application };

/** Starts what an application needs, and none yet. */
export async function startGround(options: StackOptions = {}): Promise<Ground> {
  const dataDir = mkdtempSync(join(tmpdir(), "sekisho-"));
  const cognito = await startCognito({
    port: 0,
    dataDir: join(dataDir, "cognito"),
    triggers,
    softwareTokenSecret: demoSoftwareTokenSecret,
    requirePkce: true,
    mockIdp: true,
  });
  const textRecords = new Map<string, string[]>();
  const nameServer = await startNameServer((name) => textRecords.get(name) ?? []);
  const webPort = await freePort();
  const webUrl = `http://localhost:${webPort}`;
  const pool = await provision(cognito.url, { appUrl: webUrl, ...options.pool });
  const environment = (port: number) => ({
    ...pool,
    AWS_ACCESS_KEY_ID: "local",
    AWS_SECRET_ACCESS_KEY: "local",
    NEXTAUTH_URL: `http://localhost:${port}`,
    NEXTAUTH_SECRET: localSecret(dataDir),
    DATA_DIR: dataDir,
    DATABASE_URL: undefined,
    DNS_SERVERS: nameServer.address,
    ...options.environment,
  });
  const applications: Promise<Application>[] = [];
  return {
    cognito,
    textRecords,
    pool,
    dataDir,
    webPort,
    environment,
    startApplication: async (more = {}, port, build) => {
      const chosen = port ?? (await freePort());
      const full = { ...environment(chosen), ...more };
      const ready = full.DATABASE_URL ? Promise.resolve() : giveMigratedPglite(full.DATA_DIR ?? dataDir);
      const starting = ready.then(() =>
        startApplication("start", chosen, full, "pipe", { folder: build, nodeFlags: options.nodeFlags }),
      );
      applications.push(starting);
      return starting;
    },
    stop: async () => {
      // Also one that a test had no patience for and that is only coming up; nothing else would end it.
      const started = (await Promise.allSettled(applications)).filter((each) => each.status === "fulfilled");
      // Nothing is kept: no reason to wait until idle connections close, as stopping politely does.
      await Promise.all(started.map(({ value }) => killApplication(value)));
      nameServer.close();
      await cognito.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** The same with one application. */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const ground = await startGround(options);
  try {
    return { ...ground, application: await ground.startApplication({}, ground.webPort) };
  } catch (error) {
    await ground.stop();
    throw error;
  }
}

/** Ends an application with SIGKILL, as a crash would. */
export async function killApplication({ process: child }: Application): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
}
