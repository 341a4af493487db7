"use client";

import { carriedPath } from "@/lib/auth/sign-in/local-path";
import type { Problem } from "@/lib/http/problem";
import type { Method } from "@/lib/operation";
import { arrayOf, parsed, type Shape } from "@/lib/shape";
import { leaveTo, noteAnswer } from "./connection";
import { shownHeaders, tellAnother } from "./shown";

/** Why something was not answered as it was asked for. */
export type Refused = {
  ok: false;
  /** The code of the problem; `network` when no answer came, `unavailable` when what came is not the application's. */
  code: string;
  /** Seconds until it is worth trying again, where they are known. */
  retryAfter?: number;
  /** What was wrong with which field. */
  faults: NonNullable<Problem["errors"]>;
  /** The body, if it was JSON. */
  body: unknown;
};
export type Answered<T> = { ok: true; answer: T } | Refused;

/** Reads a successful answer. A SyntaxError says that it is not the application's. */
export type Reader<T> = (response: Response) => Promise<T>;

export type Asking<T> = {
  method?: Method;
  /** Sent as JSON; a form is sent as a form. */
  body?: unknown;
  /** Changes this version only (`If-Match`). */
  version?: number | undefined;
  signal?: AbortSignal;
  /** Without one the answer only means that it is done. */
  read?: Reader<T>;
  /** The page asks without the person, who may be away: it is never left to sign in. */
  isUnattended?: boolean;
};

const SIGNED_OUT = new Set(["missing_token", "invalid_token", "wrong_token_use", "session_ended"]);
const ANOTHER = new Set(["another_person", "another_tenant", "tenant_mismatch"]);
/** What a proxy on the way means, which knows nothing of our codes. */
const BY_STATUS: Record<number, string> = {
  413: "payload_too_large",
  429: "rate_limited",
  502: "unavailable",
  503: "unavailable",
  504: "unavailable",
};

/** Whether a code says that the session is over, or was never there. */
export const isSignedOut = (code: string): boolean => SIGNED_OUT.has(code);
/** Whether a code says that the page is of somebody else than is signed in now, or of another tenant. */
export const isAnother = (code: string): boolean => ANOTHER.has(code);

/**
 * Calls the API for the person that this page belongs to. When their session has ended, the page is left to sign in and
 * come back; when somebody else is signed in by now, the page says so.
 */
export async function ask<T = null>(path: string, asking: Asking<T> = {}): Promise<Answered<T>> {
  const answered = await send(path, asking);
  if (answered.ok) return answered;
  if (isAnother(answered.code)) tellAnother();
  if (isSignedOut(answered.code) && !asking.isUnattended) leaveToSignIn();
  return answered;
}

/** Reads JSON of one shape. */
export function readJson<T>(shape: Shape<T>): Reader<T> {
  return async (response) => parsed(shape, await response.text());
}

/** A page of a list, and the cursor of the next one; null on the last. */
export type ListPage<Row> = { rows: Row[]; next: string | null };

/** Reads a page of a list, with what its `Link` header (RFC 8288) says of the next one. */
export function readPage<Row>(row: Shape<Row>): Reader<ListPage<Row>> {
  const readRows = readJson(arrayOf(row));
  return async (response) => {
    const next = /<([^>]*)>; rel="next"/.exec(response.headers.get("Link") ?? "")?.[1];
    const cursor = next ? new URL(next, window.location.origin).searchParams.get("cursor") : null;
    return { rows: await readRows(response), next: cursor };
  };
}

/** Reads no more than that it was the application that answered: with JSON, or with nothing. */
async function readDone(response: Response): Promise<null> {
  if (response.status !== 204) await response.json();
  return null;
}

async function send<T>(path: string, asking: Asking<T>): Promise<Answered<T>> {
  const { method = "GET", signal = null, read = readDone as Reader<T> } = asking;
  try {
    const response = await fetch(path, { method, signal, ...contentOf(asking) });
    noteAnswer(true);
    return response.ok ? { ok: true, answer: await read(response) } : await refusalOf(response);
  } catch (error) {
    // No answer came, or not all of it.
    if (error instanceof TypeError) {
      noteAnswer(false);
      return refused("network");
    }
    // Something in between answered, such as the sign-in page of a network.
    if (error instanceof SyntaxError) return refused("unavailable");
    throw error;
  }
}

function contentOf({ body, version }: Asking<unknown>): {
  headers: Record<string, string>;
  body: BodyInit | null;
} {
  const isForm = body instanceof URLSearchParams;
  const headers = {
    ...shownHeaders(),
    ...(body !== undefined && !isForm && { "Content-Type": "application/json" }),
    ...(version !== undefined && { "If-Match": `"${version}"` }),
  };
  return { headers, body: body === undefined ? null : isForm ? body : JSON.stringify(body) };
}

async function refusalOf(response: Response): Promise<Refused> {
  // A body that cannot be read says no more than the status does.
  const body: Partial<Problem> | null = await response.json().catch(() => null);
  const code = typeof body?.code === "string" ? body.code : (BY_STATUS[response.status] ?? "unknown");
  const faults = Array.isArray(body?.errors) ? body.errors : [];
  // A proxy may say a date.
  const seconds = Number(response.headers.get("Retry-After") ?? Number.NaN);
  return { ...refused(code), ...(Number.isFinite(seconds) && { retryAfter: seconds }), faults, body };
}

function refused(code: string): Refused {
  return { ok: false, code, faults: [], body: null };
}

/** Goes to sign in, and back to this address. */
function leaveToSignIn(): void {
  const callbackUrl = carriedPath(window.location.pathname + window.location.search);
  void leaveTo(`/signin?${new URLSearchParams({ callbackUrl, error: "session_ended" })}`);
}
