import { currentRequest } from "./current-request";
import { LOG_LEVELS, type LogLevel, logLevel } from "./env";
import { count } from "./telemetry/telemetry";

const SECRET_KEY =
  /password|secret|token|authorization|cookie|session|code|credential|^(access|id|refresh)$|dsn|database_url/i;
/** Names that match SECRET_KEY and are safe: an error code, a token's kind. */
const SAFE_KEY = new Set(["code", "token_use", "error_code", "status_code"]);
const TOKEN = /eyJ[\w-]+\.[\w-]*(\.[\w-]*)*/g;
const CREDENTIALS_IN_URL = /(\w+:\/\/)[^\s/@:]*:[^\s/@]+@/g;
/** The local part has 64 characters at the most (RFC 5321 section 4.5.3.1.1). */
const EMAIL = /[\w.+-]{1,64}@([\w-]{1,63}\.)+[a-z]{2,}/gi;
/** SQLSTATE class 22, data exception. PostgreSQL, appendix A. */
const UNREADABLE_VALUE = /^22...$/;
const MAX_STRING = 2_000;
/** As many frames tell where it was; the rest is how the framework got there. */
const MAX_FRAMES = 12;

let isMute = false;

/** For a command that tells its person in a sentence of its own what went wrong. */
export function muteLog(): void {
  isMute = true;
}

/**
 * Writes one JSON line with the ids of the request that is being answered, unless `LOG_LEVEL` is above `level`. Secrets
 * are removed by the name of their field and, in any text, secrets and e-mail addresses by their look (a JWT,
 * credentials in a URL). OWASP ASVS 5.0, 16.2.5.
 */
export function log(level: LogLevel, event: string, fields: Record<string, unknown> = {}): void {
  count("sekisho.events", { event, level });
  if (isMute || LOG_LEVELS.indexOf(level) < LOG_LEVELS.indexOf(logLevel())) return;
  const line = JSON.stringify({
    time: new Date().toISOString(),
    level,
    event,
    ...ofRequest(),
    ...redact(fields),
  });
  if (level === "error") console.error(line);
  else console.log(line);
}

function ofRequest(): Record<string, string> {
  const request = currentRequest();
  if (!request) return {};
  return { request_id: request.id, ...(request.traceId !== null && { trace_id: request.traceId }) };
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
    return withoutSecrets(value);
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

/** A failure in one line, where a stack would say nothing more: its code, and what the driver said. */
export function inShort(error: unknown): string {
  if (!(error instanceof Error)) return error === undefined || error === null ? "" : String(error);
  const { code, message } = saidBy(error);
  return code === undefined ? message : `${code}: ${message}`;
}

function withoutSecrets(text: string): string {
  // What is cut in the middle does not look like itself any more.
  return text
    .slice(0, 2 * MAX_STRING)
    .replace(TOKEN, "[redacted token]")
    .replace(CREDENTIALS_IN_URL, "$1[redacted]@")
    .replace(EMAIL, "[redacted address]")
    .slice(0, MAX_STRING);
}

function errorFields(error: Error, depth: number): Record<string, unknown> {
  const { name, code, message, cause } = saidBy(error);
  const frames = error.stack?.split("\n").filter((line) => /^\s+at /.test(line)) ?? [];
  return {
    name,
    message: clean(message, depth),
    ...(code !== undefined && { code }),
    stack: clean(frames.slice(0, MAX_FRAMES).join("\n"), depth),
    ...(cause !== undefined && { cause: clean(cause, depth + 1) }),
  };
}

type Said = { name: string; code?: unknown; message: string; cause?: unknown };

/** Drizzle's errors are the whole query with all its values: what the driver said is what matters, and is short. */
function saidBy(error: Error): Said {
  const isQuery = "query" in error && "params" in error;
  if (isQuery)
    return error.cause instanceof Error ? saidBy(error.cause) : { name: error.name, message: "Failed query" };
  const { name, message, cause } = error;
  if (!("code" in error)) return { name, message, cause };
  const isOfValue = typeof error.code === "string" && UNREADABLE_VALUE.test(error.code);
  return { name, code: error.code, message: isOfValue ? withoutValue(message) : message, cause };
}

/** PostgreSQL quotes the value that it could not read at the end of what it says: that is somebody's own. */
function withoutValue(said: string): string {
  return said.replace(/: ".*$/s, "");
}
