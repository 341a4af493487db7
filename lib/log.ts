type Level = "info" | "warn" | "error";

const SECRET_KEY =
  /password|secret|token|authorization|cookie|session|code|credential|^(access|id|refresh)$|dsn|database_url/i;
/** Names that match SECRET_KEY and are safe: an error code, a token's kind. */
const SAFE_KEY = new Set(["code", "token_use", "error_code", "status_code"]);
const TOKEN = /eyJ[\w-]+\.[\w-]*(\.[\w-]*)*/g;
const CREDENTIALS_IN_URL = /(\w+:\/\/)[^\s/@:]*:[^\s/@]+@/g;
const MAX_STRING = 2_000;

let isMute = false;

/** For a command that tells its person in a sentence of its own what went wrong. */
export function muteLog(): void {
  isMute = true;
}

/**
 * Writes one JSON line. Secrets are removed by the name of their field and, in any text, by their look
 * (a JWT, credentials in a URL). OWASP ASVS 5.0, 16.2.5.
 */
export function log(level: Level, event: string, fields: Record<string, unknown> = {}): void {
  if (isMute) return;
  const line = JSON.stringify({ time: new Date().toISOString(), level, event, ...redact(fields) });
  if (level === "error") console.error(line);
  else console.log(line);
}

/** A copy of `fields` that is fit for the log: no secrets, errors as plain data, bounded depth and length. */
export function redact(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [
      key,
      isSecret(key, value) ? "[redacted]" : clean(value, 0),
    ]),
  );
}

function isSecret(key: string, value: unknown): boolean {
  return SECRET_KEY.test(key) && !SAFE_KEY.has(key) && value !== null && value !== undefined;
}

function clean(value: unknown, depth: number): unknown {
  if (typeof value === "string") {
    return value
      .slice(0, MAX_STRING)
      .replace(TOKEN, "[redacted token]")
      .replace(CREDENTIALS_IN_URL, "$1[redacted]@");
  }
  if (typeof value === "bigint") return String(value);
  if (typeof value !== "object" || value === null) return value;
  if (depth > 5) return "[deep]";
  if (value instanceof Error) return errorFields(value, depth);
  if (value instanceof Date) return value;
  if (Array.isArray(value)) return value.slice(0, 50).map((each) => clean(each, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [
      key,
      isSecret(key, each) ? "[redacted]" : clean(each, depth + 1),
    ]),
  );
}

function errorFields(error: Error, depth: number): Record<string, unknown> {
  const code = "code" in error ? { code: error.code } : {};
  const cause = error.cause === undefined ? {} : { cause: clean(error.cause, depth + 1) };
  return {
    name: error.name,
    message: clean(error.message, depth),
    ...code,
    stack: clean(error.stack, depth),
    ...cause,
  };
}
