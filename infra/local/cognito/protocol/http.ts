import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Cognito } from "../cognito";
import { CognitoFailure, protocol } from "../failures";
import { dispatch } from "./dispatch";
import { discoveryDocument, keySet } from "./well-known";

/** Far above anything that the API takes. */
const BODY_LIMIT_BYTES = 512 * 1024;

/** Answers one request. Never rejects: whatever goes wrong becomes an answer in Cognito's form. */
export async function handle(
  cognito: Cognito,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const requestId = randomUUID();
  try {
    assertLoopback(request.headers.host);
    const { type, body } = await route(cognito, request);
    send(response, 200, type, requestId, body);
  } catch (error) {
    const failure = error instanceof CognitoFailure ? error : protocol.internal();
    if (failure !== error) console.error(`local Cognito, request ${requestId}:`, error);
    response.setHeader("x-amzn-errortype", `${failure.name}:`);
    if (failure.message) response.setHeader("x-amzn-errormessage", headerText(failure.message));
    // The rest of a refused body is not read: the connection cannot be used again.
    if (!request.complete) response.setHeader("connection", "close");
    const body = { __type: failure.name, ...(failure.message && { message: failure.message }) };
    send(response, failure.status, "application/x-amz-json-1.1", requestId, body);
  }
}

async function route(cognito: Cognito, request: IncomingMessage): Promise<{ type: string; body: object }> {
  const path = (request.url ?? "/").split("?")[0] ?? "/";
  if (request.method === "POST" && path === "/") {
    const body = await dispatch(cognito, request.headers, await readBody(request));
    return { type: "application/x-amz-json-1.1", body };
  }
  if (request.method === "GET" || request.method === "HEAD") {
    const body = await document(cognito, path);
    if (body) return { type: "application/json", body };
  }
  throw protocol.notFound();
}

async function document(cognito: Cognito, path: string): Promise<object | undefined> {
  if (path === "/_local/messages") return { messages: [...cognito.messages()].reverse() };
  const [, poolId, name] = /^\/([\w-]+)\/\.well-known\/([\w.-]+)$/.exec(path) ?? [];
  if (poolId === undefined) return undefined;
  if (name === "jwks.json") return await keySet(cognito, poolId);
  return name === "openid-configuration" ? discoveryDocument(cognito, poolId) : undefined;
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

/** A web page whose name resolves to 127.0.0.1 (DNS rebinding) would otherwise be as good as the developer. */
function assertLoopback(host: string | undefined): void {
  const name = host?.replace(/:\d+$/, "").toLowerCase();
  if (name === "127.0.0.1" || name === "[::1]" || name === "localhost" || name?.endsWith(".localhost"))
    return;
  throw protocol.foreignHost();
}

/** What the message says, as far as a header can hold it: parts of it may be the caller's own words. */
function headerText(message: string): string {
  return message.slice(0, 1_000).replace(/[^\x20-\x7e]/g, "?");
}

function send(response: ServerResponse, status: number, type: string, requestId: string, body: object): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    "content-type": type,
    "content-length": Buffer.byteLength(text),
    "cache-control": "no-store",
    "x-amzn-requestid": requestId,
  });
  response.end(text);
}
