import type { Page } from "@playwright/test";
import type { Words } from "./words";

type Answer = { status: number; contentType: string; body: string; headers?: Record<string, string> };

const problem = (status: number, code: string, headers = {}): Answer => ({
  status,
  contentType: "application/problem+json",
  body: JSON.stringify({ type: "about:blank", title: code, status, code, request_id: crypto.randomUUID() }),
  headers,
});
export const html = (status: number): Answer => ({
  status,
  contentType: "text/html",
  body: "<html><h1>Somebody in between</h1></html>",
});

/** What may come instead of what was asked for, and what it means; null: nothing comes. */
export const ANSWERS: [string, Answer | null, (t: Words) => string][] = [
  ["a page at another address", problem(403, "cross_origin"), (t) => t("errors.cross_origin")],
  [
    "too many tries",
    problem(429, "rate_limited", { "Retry-After": "270" }),
    (t) => t("errors.rate_limited", { minutes: 5 }),
  ],
  ["no database", problem(503, "database_unavailable"), (t) => t("errors.database_unavailable")],
  ["no Cognito", problem(503, "cognito_unavailable"), (t) => t("errors.cognito_unavailable")],
  ["a fault of ours", problem(500, "internal"), (t) => t("errors.internal")],
  ["a proxy without a server", html(502), (t) => t("errors.unavailable")],
  ["a proxy that waited", html(504), (t) => t("errors.unavailable")],
  ["a proxy's limit", html(429), (t) => t("errors.rate_limited", { minutes: 1 })],
  ["a proxy's limit of size", html(413), (t) => t("errors.payload_too_large")],
  ["a network's own sign-in page", html(200), (t) => t("errors.unavailable")],
  [
    "an answer of some other program",
    { status: 200, contentType: "application/json", body: '{"up":true}' },
    (t) => t("errors.unavailable"),
  ],
  ["a refusal of nobody knows whom", html(403), (t) => t("errors.unknown")],
  ["nothing", null, (t) => t("errors.network")],
];

/**
 * Has every request to a path answered like that while `work` goes on, and until one was: what `work` looks for may stand
 * there of the answer before, and a request that is still on its way would reach the server.
 */
export async function answering(
  page: Page,
  path: string,
  answer: Answer | null,
  work: () => Promise<void>,
): Promise<void> {
  let tell = () => {};
  const isAnswered = new Promise<void>((resolve) => {
    tell = resolve;
  });
  await page.route(path, async (route) => {
    await (answer ? route.fulfill(answer) : route.abort());
    tell();
  });
  await work();
  await isAnswered;
  await page.unroute(path);
}
