"use client";

import { carriedPath } from "@/lib/auth/sign-in/local-path";
import type { Problem } from "@/lib/http/problem";
import { leaveTo, noteAnswer } from "./connection";
import { shownHeaders, tellAnother } from "./shown";

/** Why something was not answered as it was asked for. */
export type Refused = {
  ok: false;
  /** The code of the problem; `network` when no answer came, `unavailable` when what came is not the application's. */
  code: string;
  /** The same as errorWords takes it: with the seconds to wait, where they are known. */
  error: string;
  /** What was wrong with which field. */
  faults: NonNullable<Problem["errors"]>;
  /** What was said, if it was JSON. */
  body: unknown;
};
export type Answered<T> = { ok: true; body: T; headers: Headers } | Refused;

/** The session is over, or was never there. */
const NEEDS_SIGN_IN = new Set(["missing_token", "invalid_token", "wrong_token_use", "session_ended"]);
/** The page is not of whoever is signed in by now. */
const IS_ANOTHER = new Set(["another_person", "another_tenant", "tenant_mismatch"]);
/** What a proxy on the way means, which does not speak as we do. */
const BY_STATUS: Record<number, string> = {
  413: "payload_too_large",
  429: "rate_limited",
  502: "unavailable",
  503: "unavailable",
  504: "unavailable",
};

/**
 * Asks the API, as whoever this page shows what it shows. Whose session has ended is led to signing in and back here;
 * who is somebody else by now is told so.
 *
 * @param read how to read the answer; as JSON when nothing is said.
 */
export async function ask<T = unknown>(
  path: string,
  init: RequestInit = {},
  read?: (response: Response) => Promise<T>,
): Promise<Answered<T>> {
  const answered = await askUnattended(path, init, read);
  if (!answered.ok && NEEDS_SIGN_IN.has(answered.code)) leaveToSignIn();
  return answered;
}

/**
 * The same for what a page asks by itself, perhaps with nobody at it: it is never left for that.
 *
 * @public for features
 */
export async function askUnattended<T = unknown>(
  path: string,
  init: RequestInit = {},
  read: (response: Response) => Promise<T> = jsonOf,
): Promise<Answered<T>> {
  try {
    const response = await fetch(path, { ...init, headers: { ...shownHeaders(), ...init.headers } });
    noteAnswer(true);
    if (!response.ok) return await refusalOf(response);
    return { ok: true, body: await read(response), headers: response.headers };
  } catch (error) {
    // No answer came, or not all of it.
    if (error instanceof TypeError) {
      noteAnswer(false);
      return refused("network");
    }
    // Somebody in between answered instead, such as the sign-in page of a network.
    if (error instanceof SyntaxError) return refused("unavailable");
    throw error;
  }
}

/** What an answer that is no success says. The whole page hears of it when it is no longer whose it was. */
async function refusalOf(response: Response): Promise<Refused> {
  // What cannot be read says no more than its status does.
  const body: Partial<Problem> | null = await response.json().catch(() => null);
  const code = typeof body?.code === "string" ? body.code : (BY_STATUS[response.status] ?? "unknown");
  if (IS_ANOTHER.has(code)) tellAnother();
  const faults = Array.isArray(body?.errors) ? body.errors : [];
  return { ...refused(code, response.headers.get("Retry-After") ?? ""), faults, body };
}

function refused(code: string, advice = ""): Refused {
  return { ok: false, code, error: `${code}:${advice}`, faults: [], body: null };
}

async function jsonOf<T>(response: Response): Promise<T> {
  return response.status === 204 ? (null as T) : await response.json();
}

/** Goes to sign in, and back to this address. */
function leaveToSignIn(): void {
  const callbackUrl = carriedPath(window.location.pathname + window.location.search);
  void leaveTo(`/signin?${new URLSearchParams({ callbackUrl, error: "session_ended" })}`);
}
