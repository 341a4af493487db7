// @ts-check
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { parseArgs } from "node:util";
import environment from "@next/env";
import next from "next";
import { answerByDraft } from "./draft.mjs";
import { idleConnections } from "./idle-connections.mjs";
import { watchOutput } from "./output.mjs";
import { ReceivedRequest } from "./received-request.mjs";
import { SecuredResponse } from "./secured-response.mjs";
import { admitted, stopServer } from "./stopping.mjs";

/**
 * Starts the application: Next behind an HTTP server of ours. Next offers no place before itself, and spends time and
 * memory on what strangers send before any code of ours runs: here a request is looked at and received whole first.
 * Plain JavaScript, so that it starts without a build step and without a compiler; what it asks about a request is
 * `lib/http/front-door.ts`, which the application puts on `globalThis` when it starts (instrumentation.ts).
 *
 *     node infra/server/start.mjs [folder] [--dev] [--host 127.0.0.1] [--port 3000]
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { dev: { type: "boolean", default: false }, host: { type: "string" }, port: { type: "string" } },
});
const { dev, host } = values;
const dir = positionals[0] ?? ".";
// Next reads `.env` when it is made; the port is needed before.
environment.loadEnvConfig(dir, dev, { info: () => {}, error: console.error });
const port = Number(values.port ?? (process.env.PORT || 3000));

/** A request must have come whole by then, its head somewhat sooner (milliseconds). */
const REQUEST_MS = 15_000;
const HEAD_MS = 10_000;
/**
 * How long a connection is kept for another request (milliseconds): longer than proxies do (nginx and AWS's load
 * balancers: 60 s), or one of theirs would meet a connection that we are closing.
 */
const KEEP_ALIVE_MS = 65_000;
/** How long a connection that was refused in mid-request stays open, for its answer to be read (milliseconds). */
const LINGER_MS = 1_000;

// @ts-expect-error Next sets it as its own commands do; its types call it read-only.
process.env.NODE_ENV = dev ? "development" : "production";
// The first process of a container gets no signal that it does not listen for: it would be killed in its start.
const SIGNALS = ["SIGTERM", "SIGINT"];
const leave = () => process.exit(0);
for (const signal of SIGNALS) process.on(signal, leave);
let unread = () => process.exit(1);
watchOutput(() => unread());

const shared = /** @type {import("../../lib/http/front-door.ts").SharedWithServer} */ (globalThis);
/** @type {Promise<import("../../lib/http/front-door.ts").FrontDoor>} */
const opened = new Promise((open) => {
  shared.sekishoServer = { open, isStopping: false };
});

// As the `server.js` of Next's standalone output does: settings are those of the build, and next.config.ts is not read.
if (!dev) {
  const built = JSON.parse(readFileSync(join(dir, ".next", "required-server-files.json"), "utf8"));
  process.env.__NEXT_PRIVATE_STANDALONE_CONFIG = JSON.stringify(built.config);
}

const app = next({
  dev,
  dir,
  hostname: host ?? "localhost",
  port,
  // What a page throws is logged by instrumentation.ts: Next would print it as it is, with whatever is in it.
  quiet: !dev,
  // Only development speaks WebSocket: what Next listens for is put on a server that never listens.
  ...(!dev && { httpServer: createServer() }),
});
await app.prepare();
// In production Next does not wait for instrumentation.ts, which ends the process where it should not run.
const door = await opened;
const handle = app.getRequestHandler();

const server = createServer(
  {
    IncomingMessage: ReceivedRequest,
    ServerResponse: SecuredResponse,
    requestTimeout: REQUEST_MS,
    headersTimeout: HEAD_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    // Node looks for requests that take too long every half minute otherwise.
    connectionsCheckingInterval: 1_000,
    maxHeaderSize: door.limits.headBytes,
    // A URL or a header that does not fit is answered, not parsed any further.
    requireHostHeader: true,
  },
  (request, response) => {
    void door.enter(request, response, async () => {
      try {
        await admitted();
        const refusal = door.refuse(request) ?? door.refuseReceived(request, await request.received);
        if (response.headersSent || response.destroyed) return;
        if (refusal) answer(response, refusal);
        else if (door.mayGoOn(request)) await answerByDraft(request, response, handle);
        else await handle(request, response);
      } catch (error) {
        door.failed(error);
        if (!response.headersSent) answer(response, door.refusal("internal"));
      }
    });
  },
);
// Counted by the front door: Node would drop those beyond its own limit without a word.
server.maxHeadersCount = 0;
const closeIdle = idleConnections(server);
ReceivedRequest.limits = door.limits;
SecuredResponse.headers = door.headers;

// What is no HTTP, too large a head, or not complete in time never becomes a request.
server.on("clientError", (error, socket) => {
  const refusal = door.refusal(door.codeOf(error));
  const isAnswered = /** @type {any} */ (socket)._httpMessage?.headersSent === true;
  if (!socket.writable || isAnswered) return void socket.destroy();
  const lines = Object.entries({ ...door.headers, ...refusal.headers, Connection: "close" });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  socket.end(`HTTP/1.1 ${refusal.status} ${refusal.reason}\r\n${head}\r\n${refusal.body}`);
});

// As Next's own server does: what one request breaks must not take the others down.
for (const event of ["uncaughtException", "unhandledRejection"])
  process.on(event, (error) => door.failed(error));

server.listen({ port, ...(host !== undefined && { host }) });
await once(server, "listening").catch((error) => {
  process.stderr.write(`Sekisho does not start. ${error.message}\n`);
  process.exit(1);
});
if (!dev) process.stdout.write(`Sekisho listens on port ${port}.\n`);

for (const signal of SIGNALS) {
  process.off(signal, leave);
  process.on(signal, () => void stop(0));
}
unread = () => void stop(1);

/** Lets nobody in any more, answers what is under way, and ends. @param {0 | 1} code of the process's end */
async function stop(code) {
  if (!shared.sekishoServer || shared.sekishoServer.isStopping) return;
  shared.sekishoServer.isStopping = true;
  if (dev) process.exit(code);
  await stopServer(server, door, closeIdle);
  // What answers have left to do afterwards, such as putting a refused sign-in on record.
  await app.close();
  await door.flush();
  process.exit(code);
}

/**
 * @param {import("node:http").ServerResponse} response
 * @param {import("../../lib/http/front-door.ts").Refusal} refusal
 */
function answer(response, { status, headers, body }) {
  if (!response.req.complete) {
    response.setHeader("Connection", "close");
    leaveAfter(response);
  }
  response.writeHead(status, { ...headers, "Content-Length": Buffer.byteLength(body) });
  response.end(response.req.method === "HEAD" ? undefined : body);
}

/**
 * Closes the connection behind an answer to a request that is still coming, and reads none of the rest. Not at once:
 * a connection reset takes an answer along that was not read yet.
 *
 * @param {import("node:http").ServerResponse} response
 */
function leaveAfter({ req, socket }) {
  if (req instanceof ReceivedRequest) req.stopReceiving();
  if (!socket) return;
  // Node calls it behind the last answer of a connection.
  socket.destroySoon = () => {
    socket.end();
    setTimeout(() => socket.destroy(), LINGER_MS);
  };
}
