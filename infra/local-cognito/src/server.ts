import { lockFolder } from "@sekisho/folder-lock";
import { hostOf, type Listening, listen, warningOf } from "./listening";
import { ShiftableClock } from "./local/clock";
import type { Controls } from "./local/controls";
import { Faults } from "./local/faults";
import { mockProviderOf } from "./mock-idp";
import type { SoftwareTokenSecret } from "./model/user";
import { rotateKeys } from "./operations/pools/key-rotation";
import { checked } from "./options";
import type { Serving } from "./protocol/address";
import { handle } from "./requests";
import type { Seed } from "./seed/seed";
import { fillEmpty, seedingOf } from "./seed/seeding";
import { OptionError, type ServerOptions } from "./server-options";
import { Cognito } from "./store/cognito";
import { Store } from "./store/store";
import type { Triggers } from "./tokens/trigger";
import { handlersOf } from "./trigger-handlers";

export { FolderLockedError } from "@sekisho/folder-lock";
export { SeedError } from "./seed/seed";
export { OptionError, PortInUseError } from "./server-options";
export { DamagedJournalError } from "./store/journal";
export type { Seed, Triggers };

export interface RunningCognito {
  /** Where this machine reaches it: `http://127.0.0.1:PORT`, the base of the endpoint. */
  url: string;
  /** The base of every issuer: the same unless the options say otherwise. */
  issuer: string;
  port: number;
  /** The file with the self-signed certificate, where there is one. */
  certificate?: string | undefined;
  /** What `fill` resolved to. */
  told?: string | undefined;
  /** New signing keys for a pool, at once: see `rotateKeys`. */
  rotateKeys(poolId: string, keptFor?: number): Promise<void>;
  close(): Promise<void>;
}

/** What can be set by every way (the README's table), and what only a program can. */
export interface StartOptions extends ServerOptions {
  /** 0, or nothing, takes a free one. */
  port?: number | undefined;
  dataDir: string;
  /** The clock, in ms since the epoch. */
  now?: () => number;
  /**
   * Decides a user's TOTP secret, so that demo users can have a published one. Only the process that starts the server can set it:
   * over the protocol Cognito always chooses, as on AWS.
   */
  softwareTokenSecret?: SoftwareTokenSecret;
  /** Fills the server once it listens, over its API; only then `/_local/ready` says yes. Resolves to what is printed. */
  fill?: ((url: string) => Promise<string>) | undefined;
}

/** What the command `local-cognito --setup <module>` takes from a module, as its default export. */
export type Setup = Pick<
  StartOptions,
  "triggers" | "softwareTokenSecret" | "mockIdp" | "requirePkce" | "fill"
>;

/**
 * Starts the local Cognito with its state in `dataDir`: on loopback, unless the options say otherwise.
 * @throws OptionError, SeedError, FolderLockedError when another process has the folder, PortInUseError, DamagedJournalError
 */
export async function startCognito(options: StartOptions): Promise<RunningCognito> {
  const set = checked(options);
  const { dataDir } = options;
  const triggers = set.triggers === undefined ? {} : await handlersOf(set.triggers);
  const lock = lockOf(dataDir);
  let store: Store | undefined;
  let listening: Listening | undefined;
  try {
    const clock = new ShiftableClock(options.now ?? Date.now);
    const { now } = clock;
    const opened = new Store(dataDir, now);
    store = opened;
    const { region, accountId } = set;
    const seeding =
      set.seed === undefined ? undefined : await seedingOf(set.seed, { now, region, accountId });
    if (seeding) await fillEmpty(opened, seeding);
    const mock = await mockProviderOf(set.mockIdp);
    const controls: Controls = { clock, faults: new Faults(), seeding, mock, isReady: false };
    listening = await listen(set, dataDir);
    const { url, port, servers, certificate, close: stopListening } = listening;
    const publicUrl = set.publicUrl ?? url;
    const issuer = set.issuer ?? publicUrl;
    const { softwareTokenSecret } = options;
    const place = { url: publicUrl, issuerBase: issuer, region, accountId, requiresPkce: set.requirePkce };
    const cognito = new Cognito(opened, { ...place, now, triggers, softwareTokenSecret });
    const serving = servingOf(set, [url, publicUrl, issuer]);
    for (const server of servers) {
      server.on(
        "request",
        (request, response) => void handle({ cognito, controls, serving }, request, response),
      );
    }
    const warning = warningOf(set.host);
    if (warning) console.warn(warning);
    const told = await options.fill?.(url);
    controls.isReady = true;
    const stop = async () => {
      await stopListening();
      opened.close();
      lock.release();
    };
    let stopping: Promise<void> | undefined;
    const close = () => {
      stopping ??= stop();
      return stopping;
    };
    const rotate = (poolId: string, keptFor?: number) => rotateKeys(cognito, poolId, keptFor);
    return { url, issuer, port, certificate, told, rotateKeys: rotate, close };
  } catch (error) {
    await listening?.close();
    store?.close();
    lock.release();
    throw error;
  }
}

function servingOf({ allowedHosts = [], trustProxy = false }: ServerOptions, urls: string[]): Serving {
  return { allowedHosts: new Set([...allowedHosts, ...urls.map(hostOf)]), trustProxy };
}

/** @throws FolderLockedError, OptionError for a folder that cannot be made or written */
function lockOf(dataDir: string): ReturnType<typeof lockFolder> {
  try {
    return lockFolder(dataDir);
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    throw new OptionError(`The folder ${dataDir} cannot be written: ${error.message}`);
  }
}
