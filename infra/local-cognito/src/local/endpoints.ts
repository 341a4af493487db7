import { z } from "zod";
import type { Message } from "../model/user";
import { isOwnOrigin } from "../protocol/cross-origin";
import { type Call, json, notAllowed, type Reply, redirect } from "../protocol/reply";
import { exported } from "../seed/export";
import type { Cognito } from "../store/cognito";
import type { Controls } from "./controls";
import { faultInput } from "./faults";
import { messagesPage, overviewPage } from "./pages";

type Endpoint = (cognito: Cognito, controls: Controls, call: Call) => Reply | Promise<Reply>;

const endpoints = new Map<string, Partial<Record<string, Endpoint>>>([
  ["/_local", { GET: () => redirect("/_local/") }],
  ["/_local/", { GET: overview }],
  ["/_local/messages", { GET: messages }],
  ["/_local/faults", { GET: listFaults, POST: addFault, DELETE: clearFaults }],
  ["/_local/clock", { GET: readClock, POST: setClock, DELETE: resetClock }],
  ["/_local/reset", { POST: reset }],
  ["/_local/export", { GET: exportSeed }],
  ["/_local/ready", { GET: ready }],
]);

export function isLocal(path: string): boolean {
  return path === "/_local" || path.startsWith("/_local/");
}

/** `/_local/`: reached on loopback only, as the whole server is; changed by scripts only, never by a web page. */
export async function localReply(cognito: Cognito, controls: Controls, call: Call): Promise<Reply> {
  const methods = endpoints.get(call.path);
  if (!methods) return refusal(404, "There is nothing here.");
  const isRead = call.method === "GET" || call.method === "HEAD";
  const endpoint = methods[isRead ? "GET" : call.method];
  if (!endpoint) return notAllowed(Object.keys(methods));
  if (!isRead && !isOwnOrigin(call)) return refusal(403, "Requests of other origins are refused.");
  if (call.method === "POST" && !/^application\/json\b/i.test(call.headers["content-type"] ?? "")) {
    // A form of a foreign page can send anything but this type without asking first.
    return refusal(415, "Send content-type: application/json.");
  }
  return await endpoint(cognito, controls, call);
}

function overview(cognito: Cognito, controls: Controls, call: Call): Reply {
  if (wantsPage(call)) return overviewPage(cognito, controls);
  return json({
    url: cognito.url,
    clock: clockState(controls),
    faults: controls.faults.list(),
    pools: cognito.pools().map((pool) => ({
      id: pool.id,
      name: pool.name,
      users: cognito.countUsers(pool),
      clients: cognito.clients(pool).map(({ id, name }) => ({ id, name })),
    })),
  });
}

/** Newest first. `?to=` tells one recipient's: the exact address or number. */
function messages(cognito: Cognito, _: Controls, call: Call): Reply {
  const to = call.query.get("to");
  const all = cognito.messages().reverse();
  const found: Message[] = to ? all.filter((message) => message.to.toLowerCase() === to.toLowerCase()) : all;
  return wantsPage(call) ? messagesPage(cognito, found, to) : json({ messages: found });
}

function listFaults(_: Cognito, { faults }: Controls): Reply {
  return json({ faults: faults.list() });
}

function addFault(_: Cognito, { faults }: Controls, call: Call): Reply {
  return withInput(call, faultInput, (fault) => {
    faults.add(fault);
    return json({ faults: faults.list() }, 201);
  });
}

function clearFaults(_: Cognito, { faults }: Controls): Reply {
  faults.clear();
  return json({ faults: [] });
}

/** A century: further, and times stop being numbers that tokens can hold. */
const FARTHEST_S = 100 * 365 * 86_400;
const clockInput = z.strictObject({ offsetSeconds: z.number().min(-FARTHEST_S).max(FARTHEST_S) });

function readClock(_: Cognito, controls: Controls): Reply {
  return json(clockState(controls));
}

function setClock(_: Cognito, controls: Controls, call: Call): Reply {
  return withInput(call, clockInput, ({ offsetSeconds }) => {
    controls.clock.offsetSeconds = offsetSeconds;
    return json(clockState(controls));
  });
}

function resetClock(_: Cognito, controls: Controls): Reply {
  controls.clock.offsetSeconds = 0;
  return json(clockState(controls));
}

function clockState({ clock }: Controls): object {
  return { offsetSeconds: clock.offsetSeconds, now: new Date(clock.now()).toISOString() };
}

/** As on the first day: the seed's pools or none, no fault, the real time. The server goes on listening. */
async function reset(cognito: Cognito, { clock, faults, seeding }: Controls): Promise<Reply> {
  clock.offsetSeconds = 0;
  const records = (await seeding?.records()) ?? [];
  // From here on nothing waits: nobody sees it half empty.
  cognito.clear();
  cognito.commit(...records);
  faults.clear();
  return json({ pools: cognito.pools().map(({ id, name }) => ({ id, name })) });
}

/** What it holds, as a seed. */
async function exportSeed(cognito: Cognito): Promise<Reply> {
  return json(await exported(cognito));
}

/** 200 once it holds what it is to begin with: for health checks and those who wait for it. */
function ready(_: Cognito, { isReady }: Controls): Reply {
  return json({ ready: isReady }, isReady ? 200 : 503);
}

function withInput<S extends z.ZodType>(call: Call, schema: S, use: (input: z.output<S>) => Reply): Reply {
  let raw: unknown;
  try {
    raw = JSON.parse(call.body.toString("utf8"));
  } catch {
    return refusal(400, "The body is not JSON.");
  }
  const parsed = schema.safeParse(raw);
  return parsed.success ? use(parsed.data) : refusal(400, z.prettifyError(parsed.error));
}

/** People get a page; whoever does not ask for one gets JSON. */
function wantsPage({ headers }: Call): boolean {
  return headers.accept?.includes("text/html") === true;
}

function refusal(status: number, error: string): Reply {
  return json({ error }, status);
}
