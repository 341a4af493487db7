import { createHash } from "node:crypto";
import type { ServerResponse } from "node:http";
import type { ErrorCode } from "./errors";
import type { RequestSpan } from "./telemetry/telemetry";

/** What the log knows of the request that is being answered. */
export type CurrentRequest = {
  /** Ours, or that of a trusted proxy. */
  id: string;
  /** Which trace it belongs to (W3C Trace Context): that of a trusted proxy, or our own where there are traces. */
  traceId: string | null;
  /** Its part of that trace, where there are traces. */
  span: RequestSpan | null;
  /** As the code has it, never the address itself. */
  route: string;
  /** What the API calls that. */
  operation: string | null;
  tenant: string | null;
  /** A digest of the caller's `sub`. */
  subject: string | null;
  /** How it was refused. */
  code: ErrorCode | null;
  /** After so many seconds the same may succeed: an answer of 500 has that status instead, where the server can do that. */
  answerThatItPasses?(status: 429 | 503, retryAfter: number): void;
  /**
   * Has the answer go on after its handler has returned the head, where the server can do that; false where it cannot.
   *
   * @param begin writes the rest.
   * @param leave is called when nobody reads any more.
   */
  goOn?(begin: (answer: LongAnswer) => void, leave: () => void): boolean;
  /**
   * Has our server write the text of an answer with this status, of which its handler returns the head; false where it
   * cannot.
   */
  endWith?(status: number, text: string): boolean;
  /** The body of the request, where our server has received it whole. */
  body?(): Uint8Array | undefined;
  /** It is answered: what happens from now on, on a connection that was opened for it, is none of its. */
  isOver: boolean;
};

/** An answer whose head is out, and that is ended by whoever has it. */
export type LongAnswer = Pick<ServerResponse, "write" | "once" | "end" | "destroy" | "setTimeout">;

/** What may be the id of a request: enough to be one, and nothing that is a token or breaks out of a line. */
export const REQUEST_ID = /^(?!eyJ)[\w.-]{8,64}$/;

/** Next evaluates this module several times in one process. The server around it makes the store (lib/http). */
export type WithRequests = typeof globalThis & {
  sekishoRequests?: { getStore(): CurrentRequest | undefined };
};

/** The request that is being answered here, if any. */
export function currentRequest(): CurrentRequest | null {
  const request = (globalThis as WithRequests).sekishoRequests?.getStore();
  return request === undefined || request.isOver ? null : request;
}

/** Notes which operation of the API is asked for. */
export function noteOperation(id: string): void {
  const request = currentRequest();
  if (request) request.operation = id;
}

/** Notes for the log who is asking. */
export function noteSubject(sub: string): void {
  const request = currentRequest();
  if (request) request.subject = createHash("sha256").update(sub).digest("hex").slice(0, 16);
}

/** Notes for the log which tenant the request is about. */
export function noteTenant(tenantId: string): void {
  const request = currentRequest();
  if (request) request.tenant = tenantId;
}
