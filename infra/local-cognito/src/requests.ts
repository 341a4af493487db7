import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { hostedReply, isHosted } from "./hosted/endpoints";
import { logoOf } from "./hosted/logo";
import type { Controls } from "./local/controls";
import { isLocal, localReply } from "./local/endpoints";
import type { Fault } from "./local/faults";
import { isMock, mockReply } from "./mock-provider/endpoints";
import { CognitoFailure, protocol } from "./model/failures";
import { originOf, type Serving } from "./protocol/address";
import { preflightReply, sharing } from "./protocol/cross-origin";
import { dispatch, operationOf } from "./protocol/dispatch";
import { callOf, failureReply, send } from "./protocol/http";
import { uploadReply } from "./protocol/import-upload";
import { type Call, json, type Reply } from "./protocol/reply";
import { documentAt } from "./protocol/well-known";
import type { Cognito } from "./store/cognito";

/** Answers one request. Never rejects: whatever goes wrong becomes an answer in Cognito's form. */
export async function handle(
  { cognito, controls, serving }: { cognito: Cognito; controls: Controls; serving: Serving },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const requestId = randomUUID();
  // From the same clock as every other time it reports, so that callers can tell how far off theirs is.
  response.setHeader("date", new Date(controls.clock.now()).toUTCString());
  try {
    const origin = originOf(request, serving);
    const path = pathOf(request);
    for (const [name, value] of Object.entries(sharing(path))) response.setHeader(name, value);
    const preflight = preflightReply(request.method, path, request.headers);
    // Faults are for the call that comes after it.
    if (preflight) return send(response, preflight, { requestId });
    const fault = faultOf(controls, request);
    if (fault?.kind === "reset") return void request.socket.destroy();
    if (fault?.kind === "slow") await delay(fault.delayMs);
    const reply =
      fault?.kind === "throttled" || fault?.kind === "error"
        ? faulty(request, fault.kind)
        : await route(cognito, controls, await callOf(request, origin));
    send(response, reply, { requestId, breaksOff: fault?.kind === "half" });
  } catch (error) {
    // Whoever asked has gone, with half of what they wanted to say. A body that is too large is an error of the request, too.
    if (request.errored && !(error instanceof CognitoFailure)) return;
    const failure = error instanceof CognitoFailure ? error : protocol.internal();
    if (failure !== error) console.error(`local Cognito, request ${requestId}:`, error);
    // The rest of a refused body is not read: the connection cannot be used again.
    if (!request.complete) response.setHeader("connection", "close");
    send(response, failureReply(failure), { requestId });
  }
}

async function route(cognito: Cognito, controls: Controls, call: Call): Promise<Reply> {
  if (isLocal(call.path)) return await localReply(cognito, controls, call);
  if (controls.mock && isMock(call.path)) return await mockReply(cognito, controls.mock, call);
  if (isHosted(call.path)) return await hostedReply(cognito, call);
  if (call.method === "POST" && call.path === "/") {
    const body = await dispatch(cognito, call);
    return json(body, 200, { "content-type": "application/x-amz-json-1.1" });
  }
  if (call.method === "PUT") {
    const uploaded = uploadReply(cognito, call);
    if (uploaded) return uploaded;
  }
  if (call.method === "GET" || call.method === "HEAD") {
    const found = (await documentAt(cognito, call.path)) ?? logoOf(cognito, call.path);
    if (found) return found;
  }
  throw protocol.notFound();
}

/** The fault that was ordered for this call. `/_local/` itself, where faults are ordered, is spared. */
function faultOf({ faults }: Controls, request: IncomingMessage): Fault | undefined {
  const path = pathOf(request);
  if (isLocal(path)) return undefined;
  const operation = path === "/" ? operationOf(request.headers) : undefined;
  return faults.take([path, path.split("/").at(-1) ?? "", ...(operation ? [operation] : [])]);
}

function pathOf({ url = "/" }: IncomingMessage): string {
  return url.split("?")[0] ?? "/";
}

function faulty({ url }: IncomingMessage, kind: "throttled" | "error"): Reply {
  const isApi = url === "/";
  if (isApi) throw kind === "throttled" ? protocol.throttled() : protocol.internal();
  return kind === "throttled"
    ? json({ error: "TooManyRequestsException" }, 429, { "retry-after": "1" })
    : json({ error: "server_error" }, 500);
}
