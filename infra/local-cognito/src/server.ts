import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { lockFolder } from "@sekisho/folder-lock";
import { ShiftableClock } from "./local/clock";
import { Faults } from "./local/faults";
import { rotateKeys } from "./operations/pools/key-rotation";
import { handle } from "./requests";
import { Cognito, type SoftwareTokenSecret } from "./store/cognito";
import { Store } from "./store/store";
import type { Triggers } from "./tokens/trigger";

export { FolderLockedError } from "@sekisho/folder-lock";
export { DamagedJournalError } from "./store/journal";
export type { Triggers };

/** Another process listens on the port. */
export class PortInUseError extends Error {
  override readonly name = "PortInUseError";
  constructor(readonly port: number) {
    super(`Port ${port} is in use. Stop what listens there, or choose another port with COGNITO_LOCAL_PORT.`);
  }
}

export interface RunningCognito {
  /** `http://127.0.0.1:PORT`, the base of the endpoint and of every issuer. */
  url: string;
  port: number;
  /** New signing keys for a pool, at once: see `rotateKeys`. */
  rotateKeys(poolId: string, keptFor?: number): Promise<void>;
  close(): Promise<void>;
}

export interface StartOptions {
  /** 0 takes a free one. */
  port: number;
  dataDir: string;
  /** The clock, in ms since the epoch. */
  now?: () => number;
  /** Lambda ARN → the handler that runs for it. */
  triggers?: Triggers;
  /**
   * Decides a user's TOTP secret, so that demo users can have a published one. Only the process that starts the server can set it:
   * over the protocol Cognito always chooses, as on AWS.
   */
  softwareTokenSecret?: SoftwareTokenSecret;
}

/** What the command `local-cognito --setup <module>` takes from a module, as its default export. */
export interface Setup extends Pick<StartOptions, "triggers" | "softwareTokenSecret"> {
  /** Fills the server once it listens, over its API. Resolves to what is printed. */
  fill?(url: string): Promise<string>;
}

/**
 * Starts the local Cognito on loopback, with its state in `dataDir`.
 * @throws FolderLockedError when another process has the folder, PortInUseError, DamagedJournalError
 */
export async function startCognito(options: StartOptions): Promise<RunningCognito> {
  const lock = lockFolder(options.dataDir);
  let store: Store | undefined;
  try {
    const controls = { clock: new ShiftableClock(options.now ?? Date.now), faults: new Faults() };
    const { now } = controls.clock;
    const opened = new Store(options.dataDir, now);
    store = opened;
    const { servers, port } = await listen(options.port);
    const url = `http://127.0.0.1:${port}`;
    const cognito = new Cognito(opened, { ...options, now, url });
    for (const server of servers) {
      server.on("request", (request, response) => void handle({ cognito, controls }, request, response));
    }
    const close = async () => {
      await Promise.all(servers.map(closeServer));
      opened.close();
      lock.release();
    };
    const rotate = (poolId: string, keptFor?: number) => rotateKeys(cognito, poolId, keptFor);
    return { url, port, rotateKeys: rotate, close };
  } catch (error) {
    store?.close();
    lock.release();
    throw error;
  }
}

/** Both loopback addresses where the machine has both: `localhost` means either, depending on the client. */
async function listen(wanted: number): Promise<{ servers: Server[]; port: number }> {
  const v4 = await listenOn("127.0.0.1", wanted);
  const { port } = v4.address() as AddressInfo;
  try {
    return { servers: [v4, await listenOn("::1", port)], port };
  } catch (error) {
    // No IPv6 here, or (for a port that was ours to choose) taken there: IPv4 alone will do.
    if (!(error instanceof PortInUseError) || wanted === 0) return { servers: [v4], port };
    await closeServer(v4);
    throw error;
  }
}

function listenOn(host: string, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer({ requestTimeout: 30_000, headersTimeout: 10_000 });
    server.once("error", (error: NodeJS.ErrnoException) => {
      reject(error.code === "EADDRINUSE" ? new PortInUseError(port) : error);
    });
    server.listen(port, host, () => resolve(server));
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), 1_000).unref();
  });
}
