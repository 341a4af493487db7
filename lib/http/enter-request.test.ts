import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import { connect } from "node:net";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

const TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
const PARENT = `00-${TRACE}-00f067aa0ba902b7-01`;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/;

let written: Record<string, unknown>[];
beforeEach(() => {
  written = [];
  vi.spyOn(console, "log").mockImplementation((line: string) => void written.push(JSON.parse(line)));
  vi.resetModules();
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

type Modules = typeof import("../current-request") & typeof import("../log");
type Work = (...given: [...Parameters<RequestListener>, Modules]) => Promise<void>;

const answered: Work = async (_, response) => void response.end("answered");

/** Sends one request to a server that does `work` for it, and gives what was logged when its connection was over. */
async function linesOf(path: string, headers: Record<string, string> = {}, hops = "1", work = answered) {
  vi.stubEnv("TRUSTED_PROXY_HOPS", hops);
  const { enterRequest } = await import("./enter-request");
  const modules = { ...(await import("../current-request")), ...(await import("../log")) };
  const server = createServer((request, response) => {
    void enterRequest(request, response, () => work(request, response, modules));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  const socket = connect(port, "127.0.0.1");
  const lines = Object.entries({ Host: "localhost", Connection: "close", ...headers });
  socket.write(
    `GET ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n`,
  );
  socket.resume();
  await once(socket, "close");
  server.close();
  await once(server, "close");
  return written;
}

test("a request has one line, which says who asked for what and what became of it", async () => {
  const lines = await linesOf(
    "/api/members/alice@example.com?q=canary",
    {},
    "0",
    async (_, response, told) => {
      told.noteSubject("11111111-2222-4333-8444-555555555555");
      told.noteTenant("acme");
      response.writeHead(404).end();
    },
  );
  expect(lines).toEqual([
    {
      time: expect.any(String),
      level: "info",
      event: "http.request",
      request_id: expect.stringMatching(UUID),
      method: "GET",
      route: "/api/members/{id}",
      status: 404,
      ms: expect.any(Number),
      tenant: "acme",
      subject: "cf4c4732fd3b8f8a",
    },
  ]);
});

test("an answer that nobody took is told from one that was", async () => {
  const lines = await linesOf("/api/health", {}, "0", async (_, response) => void response.destroy());
  expect(lines).toMatchObject([{ status: null, is_cut: true }]);
});

test("all lines of a request carry the id and the trace of a trusted proxy", async () => {
  const given = { "X-Request-Id": "proxy-0123456789abcdef", traceparent: PARENT };
  const lines = await linesOf("/api/health", given, "1", async (_, response, { log }) => {
    await Promise.resolve();
    log("warn", "test.meanwhile");
    response.end();
  });
  const ids = { request_id: "proxy-0123456789abcdef", trace_id: TRACE };
  expect(lines).toMatchObject([
    { event: "test.meanwhile", ...ids },
    { event: "http.request", ...ids },
  ]);
});

test("what happens on a connection after its request is none of the request's", async () => {
  let later: () => void = () => {};
  await linesOf("/api/health", {}, "0", async (_, response, { log }) => {
    const { AsyncResource } = await import("node:async_hooks");
    later = AsyncResource.bind(() => log("warn", "test.later"));
    response.end();
  });
  later();
  expect(written.at(-1)).toEqual({ time: expect.any(String), level: "warn", event: "test.later" });
});

test("without a trusted proxy nobody chooses their id or their trace", async () => {
  const [line] = await linesOf(
    "/api/health",
    { "X-Request-Id": "proxy-0123456789abcdef", traceparent: PARENT },
    "0",
  );
  expect(line?.request_id).toMatch(UUID);
  expect(line).not.toHaveProperty("trace_id");
});

test.each([
  "short",
  "x".repeat(65),
  "alice@example.com",
  "eyJhbGciOiJSUzI1NiJ9.e30.canary",
  "two words here",
  'quoted"0123456',
  "first-01234567, second-01234567",
])("an id that a proxy passes on is not taken over when it is %s", async (id) => {
  const [line] = await linesOf("/api/health", { "X-Request-Id": id });
  expect(line?.request_id).toMatch(UUID);
});

test.each([
  [PARENT, TRACE],
  [`01-${TRACE}-00f067aa0ba902b7-01-more`, TRACE],
  [`00-${TRACE}-00f067aa0ba902b7-01-more`, undefined],
  [`ff-${TRACE}-00f067aa0ba902b7-01`, undefined],
  [`00-${TRACE.toUpperCase()}-00f067aa0ba902b7-01`, undefined],
  [`00-${"0".repeat(32)}-00f067aa0ba902b7-01`, undefined],
  [`00-${TRACE}-${"0".repeat(16)}-01`, undefined],
  ["canary", undefined],
])("of traceparent %s the trace is %s", async (traceparent, trace) => {
  const [line] = await linesOf("/api/health", { traceparent });
  expect(line?.trace_id).toBe(trace);
});
