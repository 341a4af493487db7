import { readFileSync } from "node:fs";
import type { ConnectionOptions } from "node:tls";
import type { ClientConfig } from "pg";
import { databaseHost, databaseTls } from "../database-address";
import type { DatabaseSettings } from "../env";
import type { LoginPassword } from "./fetched-password";
import { loginPassword } from "./login-password";

/** How long a connection may be quiet before TCP asks whether the other end is still there. */
const KEEP_ALIVE_MS = 10_000;

/** What every connection to a server has in common. */
export type ServerConnection = { config: ClientConfig; password: LoginPassword };

/** What the driver is told, part by part: of a URL it would let parameters win over what the settings say. */
export function connectionOf(settings: DatabaseSettings): ServerConnection {
  const { port, username, pathname, searchParams } = new URL(settings.DATABASE_URL);
  const host = databaseHost(settings.DATABASE_URL);
  const password = loginPassword(settings, host);
  const config: ClientConfig = {
    host: host.replace(/^\[(.+)\]$/, "$1"),
    ssl: tlsOf(settings),
    application_name: settings.DATABASE_APPLICATION_NAME,
    // Also the longest wait for a free connection: a hundred requests at once must not look like a database that is down.
    connectionTimeoutMillis: settings.DATABASE_CONNECT_SECONDS * 1000,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
  };
  const given = port || searchParams.get("port");
  if (given) config.port = Number(given);
  if (username) config.user = decodeURIComponent(username);
  if (pathname.length > 1) config.database = decodeURIComponent(pathname.slice(1));
  if (password.current) config.password = password.current;
  if (searchParams.get("sslnegotiation") === "direct") config.sslnegotiation = "direct";
  return { config, password };
}

/** libpq's names for the files, beside our setting. @throws what the file system throws. */
function tlsOf(settings: DatabaseSettings): false | ConnectionOptions {
  if (databaseTls(settings) === "disable") return false;
  const { searchParams } = new URL(settings.DATABASE_URL);
  const files = {
    ca: settings.DATABASE_CA_FILE ?? searchParams.get("sslrootcert"),
    cert: searchParams.get("sslcert"),
    key: searchParams.get("sslkey"),
  };
  // Said outright, because NODE_TLS_REJECT_UNAUTHORIZED=0 is the default otherwise.
  const options: ConnectionOptions = { rejectUnauthorized: true };
  for (const [name, path] of Object.entries(files)) {
    if (path) options[name as keyof typeof files] = readFileSync(path, "utf8");
  }
  return options;
}
