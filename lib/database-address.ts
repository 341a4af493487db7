import { isLoopback } from "./loopback";

/** What of the environment says where PostgreSQL is, and how one logs in there. */
export type DatabaseAddress = {
  DATABASE_URL?: string | undefined;
  DATABASE_LISTEN_URL?: string | undefined;
  DATABASE_TLS?: "verify-full" | "disable" | undefined;
  DATABASE_AUTH?: "password" | "iam" | undefined;
  DATABASE_PASSWORD_SECRET?: string | undefined;
};

/** The host of a PostgreSQL URL, or the folder of its socket; libpq's parameter `host` counts before the URL's own. */
export function databaseHost(url: string): string {
  const { hostname, searchParams } = new URL(url);
  return searchParams.get("host") || decodeURIComponent(hostname) || "localhost";
}

/** Whether the way to the database leads out of this machine. */
export function isElsewhere(url: string): boolean {
  const host = databaseHost(url);
  return !host.startsWith("/") && !isLoopback(host) && host !== "::1";
}

/** Whether a connection is encrypted and the server's name checked, or in plain text; there is nothing in between. */
export function databaseTls({ DATABASE_URL = "", DATABASE_TLS }: DatabaseAddress): "verify-full" | "disable" {
  if (DATABASE_TLS) return DATABASE_TLS;
  const isAsked = new URL(DATABASE_URL).searchParams.get("sslmode") === "verify-full";
  return isAsked || isElsewhere(DATABASE_URL) ? "verify-full" : "disable";
}

/** Names and sentences of what does not fit together: nothing goes in plain text that was not said to. */
export function* databaseFaults(address: DatabaseAddress): Generator<[name: string, fault: string]> {
  const { DATABASE_URL, DATABASE_LISTEN_URL, DATABASE_AUTH, DATABASE_PASSWORD_SECRET } = address;
  if (DATABASE_LISTEN_URL !== undefined) yield* listeningFaults(address, DATABASE_LISTEN_URL);
  if (DATABASE_URL === undefined || !URL.canParse(DATABASE_URL)) return;
  const { username, password, searchParams } = new URL(DATABASE_URL);
  const mode = searchParams.get("sslmode");
  if (searchParams.has("ssl")) yield ["DATABASE_URL", "must not say ssl=…: say DATABASE_TLS"];
  if (mode !== null && mode !== "verify-full" && mode !== "disable") {
    yield ["DATABASE_URL", "must not say another sslmode than verify-full or disable: say DATABASE_TLS"];
  } else if (mode !== null && mode !== databaseTls(address)) {
    yield ["DATABASE_URL", `says another sslmode than DATABASE_TLS, which is ${databaseTls(address)}`];
  }
  const isOther = DATABASE_AUTH === "iam" || DATABASE_PASSWORD_SECRET !== undefined;
  if (isOther && password !== "") {
    yield ["DATABASE_URL", "must not hold a password where another one is used"];
  }
  if (isOther && username === "") yield ["DATABASE_URL", "must name the login"];
  if (DATABASE_AUTH !== "iam") return;
  if (DATABASE_PASSWORD_SECRET !== undefined) {
    yield ["DATABASE_PASSWORD_SECRET", "is of no use with DATABASE_AUTH=iam"];
  }
  if (databaseTls(address) !== "verify-full") {
    yield ["DATABASE_AUTH", "must not be iam in plain text: say DATABASE_TLS=verify-full"];
  }
}

/** Of another login nobody would have looked at what it may do. */
function* listeningFaults(
  { DATABASE_URL, ...others }: DatabaseAddress,
  direct: string,
): Generator<[name: string, fault: string]> {
  if (DATABASE_URL === undefined) return yield ["DATABASE_LISTEN_URL", "is of no use without DATABASE_URL"];
  if (!URL.canParse(DATABASE_URL) || !URL.canParse(direct)) return;
  if (new URL(direct).username !== new URL(DATABASE_URL).username) {
    yield ["DATABASE_LISTEN_URL", "must name the login of DATABASE_URL"];
  }
  for (const [name, fault] of databaseFaults({
    ...others,
    DATABASE_LISTEN_URL: undefined,
    DATABASE_URL: direct,
  })) {
    if (name === "DATABASE_URL") yield ["DATABASE_LISTEN_URL", fault];
  }
}
