import { expect } from "@playwright/test";
import { z } from "zod";
import { isFaultCode } from "../../lib/field-error";
import type { Answer } from "./api";

const Problem = z.strictObject({
  type: z.literal("about:blank"),
  title: z.string().min(1),
  status: z.number(),
  code: z.string(),
  detail: z.string().optional(),
  errors: z
    .array(
      z.strictObject({
        field: z.string(),
        code: z.string().refine(isFaultCode),
        message: z.string().min(1),
        params: z.record(z.string(), z.unknown()).optional(),
      }),
    )
    .optional(),
  request_id: z.uuid(),
});
export type Problem = z.output<typeof Problem>;

/** Checks that an answer is a problem (RFC 9457) of this kind with all its headers, and gives it. */
export function expectProblem(answer: Answer, status: number, code: string): Problem {
  expect({ status: answer.status, code: codeOf(answer) }, answer.text.slice(0, 500)).toEqual({
    status,
    code,
  });
  const problem = Problem.parse(answer.body);
  expect(problem.status).toBe(status);
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  expect(answer.headers.get("x-request-id")).toBe(problem.request_id);
  expect(answer.headers.get("cache-control")).toContain("no-store");
  expect(answer.headers.get("www-authenticate")?.startsWith('Bearer realm="sekisho"') ?? false).toBe(
    status === 401,
  );
  if (status === 503) expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
  return problem;
}

/** An answer without what differs from one request to the next: two that tell nothing apart are equal. */
export function withoutRequestId(answer: Answer): { status: number; headers: object; text: string } {
  const id = answer.headers.get("x-request-id") ?? "none";
  const headers = Object.fromEntries(answer.headers);
  delete headers.date;
  return {
    status: answer.status,
    headers: { ...headers, "x-request-id": "*" },
    text: answer.text.replace(id, "*"),
  };
}

function codeOf({ body }: Answer): unknown {
  return typeof body === "object" && body !== null && "code" in body ? body.code : undefined;
}
