import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { Application } from "../application";
import { startPostgres } from "../postgres";
import { DEMO_PASSWORD } from "../provision";
import { startGround } from "../stack";
import { cpuNs } from "./cpu";

/** What telling a collector of every request costs, in CPU time of the server, and how much it may. */
const PAIRS = 60;
const REQUESTS = 400;
const WARM_PAIRS = 4;
const AT_ONCE = 8;
const MOST = 1.05;
/**
 * Two processes differ by more than that: it is one, in which it is switched off and on again between the rounds.
 */
const SWITCH = `let kept;
process.on("SIGUSR2", () => {
  const now = globalThis.sekishoTelemetry;
  globalThis.sekishoTelemetry = now ? undefined : kept;
  kept = now ?? kept;
  console.log("switched");
});`;

/** What one request costs in a round with and in the next one without (milliseconds). */
type Pair = { telling: number; silent: number };
type Quartiles = [low: number, middle: number, high: number];

/** How many requests the collector was told of, and who waits for the next ones. */
let told = 0;
let hearNext = () => {};
const collector = createServer(async (request, response) => {
  told += (await text(request)).match(/"name":"GET \/api\/audit"/g)?.length ?? 0;
  response.writeHead(200, { "Content-Type": "application/json" }).end("{}");
  hearNext();
}).listen(0, "127.0.0.1");
const postgres = await startPostgres();
const ground = await startGround();
try {
  const DATABASE_URL = (await postgres?.createDatabase())?.appUrl;
  const endpoint = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
  const application = await ground.startApplication({
    DATABASE_URL,
    OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
    OTEL_BSP_SCHEDULE_DELAY: "500",
    NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(SWITCH)}`,
  });
  const round = await measured(application);
  const switchOver = async () => {
    const until = application.output().split("switched").length + 1;
    application.process.kill("SIGUSR2");
    while (application.output().split("switched").length < until) {
      await once(application.process.stdout ?? application.process, "data");
    }
  };
  const pair = async () => {
    const telling = await round(told + REQUESTS);
    await switchOver();
    const silent = await round(told);
    await switchOver();
    return { telling, silent };
  };
  // Until everything is compiled, each round is cheaper than the one before.
  for (let done = 0; done < WARM_PAIRS; done++) await pair();
  const pairs: Pair[] = [];
  for (let done = 0; done < PAIRS; done++) pairs.push(await pair());
  print(pairs);
} finally {
  await ground.stop();
  await postgres?.destroy();
  collector.closeAllConnections();
  collector.close();
}

/** A round of reads of the tenant's rows, which gives the CPU time that each took (milliseconds). */
async function measured({ url, process: server }: Application) {
  const answer = await fetch(`${url}/api/user/login`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ email: "alice@acme.example", password: DEMO_PASSWORD }),
  });
  const { access_token } = (await answer.json()) as { access_token: string };
  const headers = { Authorization: `Bearer ${access_token}` };
  return async (toldThen: number) => {
    const before = cpuNs(server.pid);
    let left = REQUESTS;
    const worker = async () => {
      while (left-- > 0) {
        const response = await fetch(`${url}/api/audit`, { headers });
        await response.arrayBuffer();
        if (!response.ok) throw new Error(`GET /api/audit answered ${response.status}`);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    // What is sent later belongs to this round, too.
    while (told < toldThen) await new Promise<void>((resolve) => (hearNext = resolve));
    return (cpuNs(server.pid) - before) / 1e6 / REQUESTS;
  };
}

function print(pairs: Pair[]): void {
  const telling = quartiles(pairs.map((pair) => pair.telling));
  const silent = quartiles(pairs.map((pair) => pair.silent));
  const ratio = quartiles(pairs.map((pair) => pair.telling / pair.silent));
  const shown = ([low, middle, high]: Quartiles) =>
    `${middle.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`;
  console.log(
    `GET /api/audit: ${shown(silent)} ms of the processor, ${shown(telling)} ms with traces and metrics of every ` +
      `request: ${shown(ratio)} times, as medians and quartiles of ${PAIRS} pairs of rounds`,
  );
  if (ratio[1] <= MOST) return;
  console.error(`\nThat is more than ${MOST} times.`);
  process.exitCode = 1;
}

function quartiles(values: number[]): Quartiles {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN;
  return [at(0.25), at(0.5), at(0.75)];
}
