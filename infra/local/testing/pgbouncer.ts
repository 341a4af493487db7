import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../ports";
import { give, type UnprivilegedAccount, unprivilegedAccount } from "../unprivileged-account";

const START_MS = 10_000;
/** Debian keeps it where only root's PATH leads. */
const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` };

/** What a pooler gives a client: a connection of its own, or one for each transaction. */
export type PoolMode = "session" | "transaction" | "statement";

/** A PgBouncer on a free port of 127.0.0.1, which asks the server for the passwords of logins. */
export type Pgbouncer = {
  /** The same URL past it. */
  through(url: string): string;
  /** Ends it at once, with every connection. */
  kill(): Promise<void>;
  /** Starts it again on the same port. */
  start(): Promise<void>;
  destroy(): Promise<void>;
};

/** Whether there is one on this machine. */
export function hasPgbouncer(): boolean {
  return spawnSync("pgbouncer", ["--version"], { stdio: "ignore", env }).error === undefined;
}

/**
 * Starts a PgBouncer before a server.
 *
 * @param superuserUrl to any database there.
 * @param size how many connections it keeps to the server for one login and database.
 */
export async function startPgbouncer(superuserUrl: string, mode: PoolMode, size = 4): Promise<Pgbouncer> {
  const server = new URL(superuserUrl);
  const account = unprivilegedAccount();
  const folder = mkdtempSync(join(tmpdir(), "sekisho-pgbouncer-"));
  give(folder, account);
  const port = await freePort();
  const users = join(folder, "users");
  write(users, `"${server.username}" "${server.password}"\n`, account);
  const file = join(folder, "pgbouncer.ini");
  const settings = {
    listen_addr: "127.0.0.1",
    listen_port: port,
    unix_socket_dir: "",
    auth_type: "scram-sha-256",
    auth_file: users,
    auth_user: server.username,
    pool_mode: mode,
    default_pool_size: size,
    max_client_conn: 500,
    // By default it tries a server again only after 15 s that was away.
    server_login_retry: 1,
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
  const ini = `[databases]\n* = host=127.0.0.1 port=${server.port}\n[pgbouncer]\n${lines.join("\n")}\n`;
  write(file, ini, account);

  let child: ChildProcess | undefined;
  const kill = async () => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
  };
  const killNow = () => child?.kill("SIGKILL");
  const start = async () => {
    const started = spawn("pgbouncer", ["-q", file], { ...account, stdio: "ignore", env });
    child = started;
    await untilReady(port, started);
  };
  process.on("exit", killNow);
  await start();
  return {
    through: (url) => Object.assign(new URL(url), { port: String(port) }).href,
    kill,
    start,
    destroy: async () => {
      await kill();
      process.off("exit", killNow);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function write(path: string, text: string, account: UnprivilegedAccount): void {
  writeFileSync(path, text, { mode: 0o600 });
  give(path, account);
}

async function untilReady(port: number, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + START_MS;
  for (;;) {
    const socket = connect(port, "127.0.0.1");
    try {
      await once(socket, "connect");
      return;
    } catch (error) {
      if (child.exitCode !== null || Date.now() > deadline) {
        throw new Error("PgBouncer did not start", { cause: error });
      }
      await sleep(20);
    } finally {
      socket.destroy();
    }
  }
}
