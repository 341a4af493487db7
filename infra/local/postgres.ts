import { execFileSync, spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { freePort } from "./ports";
import { createDatabase, type TestDatabase } from "./postgres-database";
import { findPostgres } from "./postgres-programs";
import { give, unprivilegedAccount } from "./unprivileged-account";

const START_MS = 20_000;
const POLL_MS = 50;

/** A PostgreSQL server of our own, on a free port of 127.0.0.1, whose data is thrown away with it. */
export type PostgresServer = {
  /** The superuser's URL to a database; without a name, to `postgres`. */
  serverUrl(database?: string): string;
  createDatabase(): Promise<TestDatabase>;
  /** Ends the server process as `pg_ctl stop -m` does; the data stays. */
  stop(mode?: "fast" | "immediate"): Promise<void>;
  /** Starts the server again, on the same port and data. */
  start(): Promise<void>;
  /** Stops every process of the server in its tracks: connections stay open, and nothing answers. */
  freeze(): void;
  thaw(): void;
  /** Ends the server and removes its data. */
  destroy(): Promise<void>;
};

/**
 * Makes a fresh cluster and starts it; null when the machine has no server programs (findPostgres says why).
 *
 * @param tls PEM texts of what it shows to who asks for TLS; it takes plain text, too.
 */
export async function startPostgres(tls?: { cert: string; key: string }): Promise<PostgresServer | null> {
  const programs = findPostgres();
  if ("missing" in programs) return null;
  const account = unprivilegedAccount();
  const folder = mkdtempSync(join(tmpdir(), "sekisho-postgres-"));
  chmodSync(folder, 0o700);
  const password = randomBytes(18).toString("base64url");
  const writeSecret = (name: string, text: string) => {
    const path = join(folder, name);
    writeFileSync(path, text, { mode: 0o600 });
    give(path, account);
    return path;
  };
  give(folder, account);
  const passwordFile = writeSecret("password", password);
  const data = join(folder, "data");
  const options = { cwd: folder, ...account };
  execFileSync(
    join(programs.folder, "initdb"),
    ["-D", data, "-U", "postgres", "-E", "UTF8", "--locale=C", "-A", "scram-sha-256", "--no-sync"].concat(
      `--pwfile=${passwordFile}`,
    ),
    { ...options, stdio: ["ignore", "ignore", "pipe"] },
  );

  const port = await freePort();
  const serverUrl = (database = "postgres") =>
    `postgres://postgres:${password}@127.0.0.1:${port}/${database}`;
  // Without fsync nothing survives a power loss; a killed server loses nothing, and that is what is tested.
  const settings = {
    port,
    listen_addresses: "127.0.0.1",
    unix_socket_directories: folder,
    fsync: "off",
    ...(tls && {
      ssl: "on",
      ssl_cert_file: writeSecret("server.crt", tls.cert),
      ssl_key_file: writeSecret("server.key", tls.key),
    }),
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  let server: ReturnType<typeof launch> | undefined;
  const launch = () =>
    spawn(join(programs.folder, "postgres"), ["-D", data, ...flags], { ...options, stdio: "ignore" });
  const killServer = () => server?.kill("SIGQUIT");
  process.on("exit", killServer);

  const start = async () => {
    server = launch();
    await untilReady(serverUrl(), server);
  };
  const stop = async (mode: "fast" | "immediate" = "fast") => {
    if (!server || server.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, "exit");
    server.kill(mode === "fast" ? "SIGINT" : "SIGQUIT");
    await ended;
  };
  const signalAll = (signal: "SIGSTOP" | "SIGCONT") => {
    const { pid } = server ?? {};
    if (pid === undefined || server?.exitCode !== null || server.signalCode !== null) return;
    // First the one that would start others.
    process.kill(pid, signal);
    spawnSync("pkill", ["-P", String(pid), `-${signal}`]);
  };
  const freeze = () => signalAll("SIGSTOP");
  const thaw = () => signalAll("SIGCONT");
  const destroy = async () => {
    thaw();
    await stop("immediate");
    process.off("exit", killServer);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await start();
  } catch (error) {
    await destroy();
    throw error;
  }
  return { serverUrl, createDatabase: () => createDatabase(serverUrl), stop, start, freeze, thaw, destroy };
}

async function untilReady(url: string, server: { exitCode: number | null }): Promise<void> {
  const deadline = Date.now() + START_MS;
  while (true) {
    const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
    try {
      await client.connect();
      return;
    } catch (error) {
      if (server.exitCode !== null || Date.now() > deadline) {
        throw new Error("The PostgreSQL server did not start", { cause: error });
      }
      await sleep(POLL_MS);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}
