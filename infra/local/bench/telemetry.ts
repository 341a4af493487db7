import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import type { Application } from "../application";
import { startPostgres } from "../postgres";
import { DEMO_PASSWORD } from "../provision";
import { startGround } from "../stack";
import { cpuNs } from "./cpu";
import { type Interval, middleOf } from "./paired";

/**
 * What telling a collector of every request costs, in CPU time of the server, and how much it may. Other work on the
 * machine slows a request down by a fifth, and for seconds, and two processes differ by more than what is looked for: one
 * and the same tells and is silent in turn, several times a second. Compared are neighbours, in an order that is left to
 * chance, as collections of garbage come regularly. With `--null` it is silent in both, which shows how far off that is.
 */
const IS_NULL = process.argv.includes("--null");
const MOST = 1.05;
const STRETCH = 32;
const AT_ONCE = 8;
/** Of stretches that tell and are silent. */
const WARM_PAIRS = 64;
/** It is decided, or not, after so many pairs and so many more. */
const [LOOK_EVERY, MOST_PAIRS] = [128, 1_024];
/** 99.9 % at each of eight looks are more than 99 % at all of them. */
const DEVIATIONS = 3.29;
type Kind = "telling" | "silent";
const SIGNAL = { telling: "SIGUSR2", silent: "SIGCONT" } as const;
const SWITCH = `
  let kept;
  const become = (telling) => () => {
    kept ??= globalThis.sekishoTelemetry;
    globalThis.sekishoTelemetry = telling ? kept : undefined;
    console.log("switched");
  };
  process.on("${SIGNAL.telling}", become(${!IS_NULL}));
  process.on("${SIGNAL.silent}", become(false));`;

/** CPU time of the server, for each request (milliseconds). */
type Pair = Record<Kind, number>;

/** How many requests the collector was told of. */
let told = 0;
const collector = createServer(async (request, response) => {
  told += countIn(await buffer(request), '"name":"GET /api/audit"');
  response.writeHead(200, { "Content-Type": "application/json" }).end("{}");
}).listen(0, "127.0.0.1");
const postgres = await startPostgres();
const ground = await startGround({
  nodeFlags: [`--import=data:text/javascript,${encodeURIComponent(SWITCH)}`],
});
try {
  const application = await ground.startApplication({
    DATABASE_URL: (await postgres?.createDatabase())?.appUrl,
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(collector.address() as AddressInfo).port}`,
    // Batches are sent when they are full, as they are where many ask at once.
    OTEL_BSP_SCHEDULE_DELAY: "600000",
  });
  const pair = await pairsOf(application);
  // Until everything is compiled, each is cheaper than the one before.
  for (let done = 0; done < WARM_PAIRS; done++) await pair();
  const pairs: Pair[] = [];
  do {
    for (let more = 0; more < LOOK_EVERY; more++) pairs.push(await pair());
    console.log(said(pairs));
  } while (pairs.length < MOST_PAIRS && (IS_NULL || isInDoubt(ratioOf(pairs))));
  // But for the last batch, which is not full.
  const requests = (pairs.length + WARM_PAIRS) * STRETCH - 512;
  if (!IS_NULL && told < requests) throw new Error(`The collector was told of ${told} requests.`);
  judge(ratioOf(pairs));
} finally {
  await ground.stop();
  await postgres?.destroy();
  collector.closeAllConnections();
  collector.close();
}

/** A pair of stretches: what a request costs in each. */
async function pairsOf({ url, process: server }: Application): Promise<() => Promise<Pair>> {
  const read = await reading(url);
  let hasSwitched = () => {};
  const lines = createInterface({ input: server.stdout as Readable });
  lines.on("line", (line) => line === "switched" && hasSwitched());
  const become = (kind: Kind) =>
    new Promise<void>((resolve) => {
      hasSwitched = resolve;
      server.kill(SIGNAL[kind]);
    });
  const stretch = async (kind: Kind) => {
    await become(kind);
    const before = cpuNs(server.pid);
    await read(STRETCH);
    // What is done for a request after its answer is done before a signal is heard.
    await become("silent");
    return (cpuNs(server.pid) - before) / STRETCH / 1e6;
  };
  return async () => {
    if (Math.random() < 0.5) return { telling: await stretch("telling"), silent: await stretch("silent") };
    const silent = await stretch("silent");
    return { telling: await stretch("telling"), silent };
  };
}

/** Reads of the tenant's rows, so many of them. */
async function reading(url: string): Promise<(requests: number) => Promise<unknown>> {
  const answer = await fetch(`${url}/api/user/login`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ email: "alice@acme.example", password: DEMO_PASSWORD }),
  });
  const { access_token } = (await answer.json()) as { access_token: string };
  const headers = { Authorization: `Bearer ${access_token}` };
  return (requests) => {
    let left = requests;
    const worker = async () => {
      while (left-- > 0) {
        const response = await fetch(`${url}/api/audit`, { headers });
        await response.arrayBuffer();
        if (!response.ok) throw new Error(`GET /api/audit answered ${response.status}`);
      }
    };
    return Promise.all(Array.from({ length: AT_ONCE }, worker));
  };
}

function said(pairs: Pair[]): string {
  const shown = ({ low, middle, high }: Interval) =>
    `${middle.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`;
  const silent = pairs.map((pair) => pair.silent);
  const what = IS_NULL ? "silent, too" : "with traces and metrics of every request";
  return `${pairs.length} pairs: GET /api/audit takes ${shown(middleOf(silent, DEVIATIONS))} ms of the processor, and ${shown(ratioOf(pairs))} times that ${what}`;
}

function judge(ratio: Interval): void {
  if (IS_NULL) return;
  if (isInDoubt(ratio)) console.error(`\nWhether that is more than ${MOST} times is in doubt.`);
  else if (ratio.low > MOST) console.error(`\nThat is more than ${MOST} times.`);
  else return;
  process.exitCode = 1;
}

function ratioOf(pairs: Pair[]): Interval {
  const logs = pairs.map(({ telling, silent }) => Math.log(telling / silent));
  const { low, middle, high } = middleOf(logs, DEVIATIONS);
  return { low: Math.exp(low), middle: Math.exp(middle), high: Math.exp(high) };
}

function isInDoubt({ low, high }: Interval): boolean {
  return low <= MOST && high > MOST;
}

function countIn(bytes: Buffer, text: string): number {
  let count = 0;
  for (let at = bytes.indexOf(text); at >= 0; at = bytes.indexOf(text, at + text.length)) count++;
  return count;
}
