import type { IncomingMessage, ServerResponse } from "node:http";
import { type CognitoFailure, protocol } from "../model/failures";
import { type Call, json, type Reply } from "./reply";

/** The most that the API takes, with the pictures of a branding. */
const BODY_LIMIT_BYTES = 2 * 1024 * 1024;

/**
 * A request, read whole.
 * @param origin under which it came: see `originOf`
 * @throws RequestEntityTooLargeException
 */
export async function callOf(request: IncomingMessage, origin: string): Promise<Call> {
  const { method = "GET", headers } = request;
  const [path = "/", ...query] = (request.url ?? "/").split("?");
  return {
    origin,
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

/** A refusal in the form of AWS JSON 1.1. */
export function failureReply(failure: CognitoFailure): Reply {
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

/** @param how.breaksOff half-way, and then the connection ends. */
export function send(
  response: ServerResponse,
  reply: Reply,
  { requestId, breaksOff = false }: { requestId: string; breaksOff?: boolean },
): void {
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
