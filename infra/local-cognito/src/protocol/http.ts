import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import type { Cognito } from "../cognito";
import { CognitoFailure, protocol } from "../failures";
import { hostedReply, isHosted } from "../hosted/endpoints";
import { logoOf } from "../hosted/logo";
import { type Controls, isLocal, localReply } from "../local/endpoints";
import type { Fault } from "../local/faults";
import { dispatch, operationOf } from "./dispatch";
import { type Call, json, type Reply } from "./reply";
import { discoveryDocument, keySet } from "./well-known";

/** Far above anything that the API takes. */
const BODY_LIMIT_BYTES = 512 * 1024;

/** Answers one request. Never rejects: whatever goes wrong becomes an answer in Cognito's form. */
export async function handle(
  cognito: Cognito,
  controls: Controls,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const requestId = randomUUID();
  // Its own clock, as everything that it says: whoever asks may tell by it how far theirs is off.
  response.setHeader("date", new Date(controls.clock.now()).toUTCString());
  try {
    assertLoopback(request.headers.host);
    const fault = faultOf(controls, request);
    if (fault?.kind === "reset") return void request.socket.destroy();
    if (fault?.kind === "slow") await delay(fault.delayMs);
    const reply =
      fault?.kind === "throttled" || fault?.kind === "error"
        ? faulty(request, fault.kind)
        : await route(cognito, controls, await callOf(request));
    send(response, reply, requestId, fault?.kind === "half");
  } catch (error) {
    const failure = error instanceof CognitoFailure ? error : protocol.internal();
    if (failure !== error) console.error(`local Cognito, request ${requestId}:`, error);
    // The rest of a refused body is not read: the connection cannot be used again.
    if (!request.complete) response.setHeader("connection", "close");
    send(response, failureReply(failure), requestId);
  }
}

async function route(cognito: Cognito, controls: Controls, call: Call): Promise<Reply> {
  if (isLocal(call.path)) return localReply(cognito, controls, call);
  if (isHosted(call.path)) return await hostedReply(cognito, call);
  if (call.method === "POST" && call.path === "/") {
    const body = await dispatch(cognito, call.headers, call.body);
    return json(body, 200, { "content-type": "application/x-amz-json-1.1" });
  }
  if (call.method === "GET" || call.method === "HEAD") {
    const found = (await document(cognito, call.path)) ?? logoOf(cognito, call.path);
    if (found) return found;
  }
  throw protocol.notFound();
}

async function document(cognito: Cognito, path: string): Promise<Reply | undefined> {
  const [, poolId, name] = /^\/([\w-]+)\/\.well-known\/([\w.-]+)$/.exec(path) ?? [];
  if (poolId === undefined) return undefined;
  const body =
    name === "jwks.json"
      ? await keySet(cognito, poolId)
      : name === "openid-configuration"
        ? discoveryDocument(cognito, poolId)
        : undefined;
  return body && json(body);
}

async function callOf(request: IncomingMessage): Promise<Call> {
  const { method = "GET", headers } = request;
  const [path = "/", ...query] = (request.url ?? "/").split("?");
  return {
    method,
    path,
    query: new URLSearchParams(query.join("?")),
    headers,
    body: await readBody(request),
  };
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length > BODY_LIMIT_BYTES) throw protocol.tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The fault that this call was ordered to meet. `/_local/`, which orders them, meets none. */
function faultOf({ faults }: Controls, { url = "/", headers }: IncomingMessage): Fault | undefined {
  const path = url.split("?")[0] ?? "/";
  if (isLocal(path)) return undefined;
  const operation = path === "/" ? operationOf(headers) : undefined;
  return faults.take([path, path.split("/").at(-1) ?? "", ...(operation ? [operation] : [])]);
}

function faulty({ url }: IncomingMessage, kind: "throttled" | "error"): Reply {
  const isApi = url === "/";
  if (isApi) throw kind === "throttled" ? protocol.throttled() : protocol.internal();
  return kind === "throttled"
    ? json({ error: "TooManyRequestsException" }, 429, { "retry-after": "1" })
    : json({ error: "server_error" }, 500);
}

/** A web page whose name resolves to 127.0.0.1 (DNS rebinding) would otherwise be as good as the developer. */
function assertLoopback(host: string | undefined): void {
  const name = host?.replace(/:\d+$/, "").toLowerCase();
  if (name === "127.0.0.1" || name === "[::1]" || name === "localhost" || name?.endsWith(".localhost"))
    return;
  throw protocol.foreignHost();
}

function failureReply(failure: CognitoFailure): Reply {
  return json(
    { __type: failure.name, ...(failure.message && { message: failure.message }) },
    failure.status,
    {
      "content-type": "application/x-amz-json-1.1",
      "x-amzn-errortype": `${failure.name}:`,
      ...(failure.message && { "x-amzn-errormessage": headerText(failure.message) }),
    },
  );
}

/** What the message says, as far as a header can hold it: parts of it may be the caller's own words. */
function headerText(message: string): string {
  return message.slice(0, 1_000).replace(/[^\x20-\x7e]/g, "?");
}

function send(response: ServerResponse, reply: Reply, requestId: string, breaksOff = false): void {
  const { status, headers } = reply;
  const body = Buffer.from(reply.body);
  response.writeHead(status, {
    "content-length": body.length,
    "cache-control": "no-store",
    "x-amzn-requestid": requestId,
    "x-content-type-options": "nosniff",
    ...headers,
  });
  if (!breaksOff) return void response.end(body);
  response.write(body.subarray(0, body.length / 2), () => response.socket?.destroy());
}
