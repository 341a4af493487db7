import type { AppError } from "../errors";
import type { FieldError } from "../field-error";
import { type JsonAnswer, json } from "./json";

/** The body of every error answer: RFC 9457, with our stable `code` and the id to quote when asking for help. */
export type Problem = {
  type: "about:blank";
  title: string;
  status: number;
  code: string;
  detail?: string;
  errors?: FieldError[];
  request_id: string;
};

/** An error as `application/problem+json`, with the headers that its status calls for. */
export function problemOf(error: AppError, requestId: string): JsonAnswer {
  const problem: Problem = {
    type: "about:blank",
    title: error.title,
    status: error.status,
    code: error.code,
    ...(error.detail !== undefined && { detail: error.detail }),
    ...(error.fields !== undefined && { errors: error.fields }),
    request_id: requestId,
  };
  const own = { "Content-Type": "application/problem+json", "Cache-Control": "no-store" };
  const answer = json(problem, { status: error.status, headers: own });
  const { headers } = answer;
  if (error.retryAfter !== undefined) headers.set("Retry-After", String(error.retryAfter));
  if (error.allow !== undefined) headers.set("Allow", error.allow);
  if (error.status === 401) headers.set("WWW-Authenticate", challengeFor(error));
  return answer;
}

/** RFC 6750 section 3: no error code when no credentials came. The texts are ours, without quotes to escape. */
function challengeFor(error: AppError): string {
  if (error.code === "missing_token") return 'Bearer realm="sekisho"';
  return `Bearer realm="sekisho", error="invalid_token", error_description="${error.detail ?? error.title}"`;
}
