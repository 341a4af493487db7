import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { rootCertificates } from "node:tls";
import { databaseTls } from "@/lib/database-address";
import { connectionOf } from "@/lib/db/connection";
import type { DatabaseSettings } from "@/lib/env";
import { ARCHIVE, findPostgres } from "./postgres-programs";
import { Refusal } from "./refusal";
import type { RowCounts } from "./row-counts";

/** Saves a database as one file, as a transaction that exported its snapshot sees it. @throws Refusal */
export function dump(settings: DatabaseSettings, file: string, snapshot: string): Promise<void> {
  const seeing = ["--role=app_maintenance", "--enable-row-security", `--snapshot=${snapshot}`];
  return withServer(settings, (env) =>
    run("pg_dump", ["--format=custom", `--file=${file}`, ...seeing], { env }),
  );
}

/** Brings an archive into an empty database, whole or not at all; its tables belong to the login. @throws Refusal */
export function restoreAll(settings: DatabaseSettings, file: string): Promise<void> {
  const whole = ["--exit-on-error", "--single-transaction", "--no-owner"];
  return withServer(settings, (env) =>
    run("pg_restore", [...whole, `--dbname=${env.PGDATABASE}`, file], { env }),
  );
}

/** How many rows an archive holds, table by table, read as it would be restored. @throws Refusal */
export async function rowsOfArchive(file: string): Promise<RowCounts> {
  const counts: RowCounts = {};
  let table: string | undefined;
  // COPY's text format has one line for each row, whatever is in it, and ends with a backslash and a dot.
  const read = (line: string) => {
    if (table === undefined) {
      table = line.match(/^COPY (.+?) \(.*\) FROM stdin;$/)?.[1];
      if (table !== undefined) counts[table] = 0;
    } else if (line === "\\.") {
      table = undefined;
    } else {
      counts[table] = (counts[table] ?? 0) + 1;
    }
  };
  await run("pg_restore", ["--data-only", "--file=-", file], { read });
  return counts;
}

/** @throws Refusal with what the program said, when it is missing or fails. */
async function run(
  program: string,
  args: string[],
  { env = {}, read = () => undefined }: { env?: Record<string, string>; read?: (line: string) => void },
): Promise<void> {
  const found = findPostgres(undefined, ARCHIVE);
  if ("missing" in found) {
    throw new Refusal(
      `Install PostgreSQL's client programs, as new as the server at least: ${found.missing}.`,
    );
  }
  const { PATH = "", HOME = "" } = process.env;
  const child = spawn(join(found.folder, program), args, {
    env: { PATH, HOME, LC_ALL: "C", ...env } as unknown as NodeJS.ProcessEnv,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  child.stderr.on("data", (chunk) => (said += String(chunk)));
  createInterface(child.stdout).on("line", read);
  await once(child, "close");
  if (child.exitCode !== 0) throw new Refusal(`${program} failed. ${said.trim()}`);
}

/** What libpq is told, so that it goes where the application's own connection does, and checks the same. */
async function withServer<T>(
  settings: DatabaseSettings,
  work: (env: Record<string, string>) => Promise<T>,
): Promise<T> {
  const { config } = connectionOf(settings);
  const folder = mkdtempSync(join(tmpdir(), "sekisho-libpq-"));
  try {
    const env: Record<string, string> = {
      PGHOST: config.host ?? "",
      PGPORT: String(config.port ?? ""),
      PGUSER: config.user ?? "",
      PGDATABASE: config.database ?? config.user ?? "",
      PGCONNECT_TIMEOUT: String(settings.DATABASE_CONNECT_SECONDS),
      PGSSLMODE: databaseTls(settings),
    };
    const password = typeof config.password === "function" ? await config.password() : config.password;
    if (password) env.PGPASSWORD = password;
    if (typeof config.ssl === "object") {
      const texts = { ca: rootCertificates.join("\n"), ...config.ssl };
      for (const [name, variable] of [
        ["ca", "PGSSLROOTCERT"],
        ["cert", "PGSSLCERT"],
        ["key", "PGSSLKEY"],
      ] as const) {
        if (texts[name] === undefined) continue;
        env[variable] = join(folder, name);
        writeFileSync(env[variable], String(texts[name]), { mode: 0o600 });
      }
    }
    return await work(env);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
