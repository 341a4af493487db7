import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import type { Application } from "../application";
import { startPostgres } from "../postgres";
import { DEMO_PASSWORD } from "../provision";
import { startGround } from "../stack";
import { cpuNs } from "./cpu";

/**
 * What telling a collector of every request costs, in CPU time of the server, and how much it may. Other work on the
 * machine disturbs single rounds by a fifth: rounds are short and in turns, and go on until the result is beyond doubt.
 */
const REQUESTS = 512;
const AT_ONCE = 8;
const MOST = 1.05;
const WARM_TURNS = 3;
const [FEWEST_TURNS, MOST_TURNS] = [30, 200];
/** Of the normal distribution: the median is in the interval 99 times of 100. */
const DEVIATIONS = 2.58;
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
const SPAN = '"name":"GET /api/audit"';

/** What a request costs with and without (milliseconds), in four rounds: with, without, without, with. */
type Turn = { telling: number; silent: number };
type Interval = { low: number; median: number; high: number };

/** How many requests the collector was told of, and who waits for the next ones. */
let told = 0;
let hearNext = () => {};
const collector = createServer(async (request, response) => {
  told += countIn(await buffer(request), SPAN);
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
    // What is sent is to be as much at once as where it is 5 s, which is long to wait for after each round.
    OTEL_BSP_SCHEDULE_DELAY: "1000",
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
  const turn = async (): Promise<Turn> => {
    let telling = await round(told + REQUESTS);
    await switchOver();
    const silent = (await round(told)) + (await round(told));
    await switchOver();
    telling += await round(told + REQUESTS);
    return { telling: telling / 2, silent: silent / 2 };
  };
  // Until everything is compiled, each round is cheaper than the one before.
  for (let done = 0; done < WARM_TURNS; done++) await turn();
  const turns: Turn[] = [];
  while (turns.length < FEWEST_TURNS || (turns.length < MOST_TURNS && isInDoubt(ratioOf(turns)))) {
    turns.push(await turn());
  }
  print(turns);
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

function print(turns: Turn[]): void {
  const telling = intervalOf(turns.map((turn) => turn.telling));
  const silent = intervalOf(turns.map((turn) => turn.silent));
  const ratio = ratioOf(turns);
  const shown = ({ low, median, high }: Interval) =>
    `${median.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`;
  console.log(
    `GET /api/audit: ${shown(silent)} ms of the processor, ${shown(telling)} ms with traces and metrics of every ` +
      `request: ${shown(ratio)} times. Medians of ${turns.length} turns of four rounds of ${REQUESTS} requests, and ` +
      "between what they are with a probability of 99 %.",
  );
  if (isInDoubt(ratio)) console.error(`\nWhether that is more than ${MOST} times is in doubt.`);
  else if (ratio.low > MOST) console.error(`\nThat is more than ${MOST} times.`);
  else return;
  process.exitCode = 1;
}

function ratioOf(turns: Turn[]): Interval {
  return intervalOf(turns.map(({ telling, silent }) => telling / silent));
}

function isInDoubt({ low, high }: Interval): boolean {
  return low <= MOST && high > MOST;
}

/** The median, and where it is by the ranks alone: nothing is supposed of how the values are spread. */
function intervalOf(values: number[]): Interval {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const off = (DEVIATIONS * Math.sqrt(sorted.length)) / 2;
  const at = (rank: number) => sorted[Math.round(rank)] ?? Number.NaN;
  return { low: at(middle - off), median: at(middle), high: at(middle + off) };
}

function countIn(bytes: Buffer, text: string): number {
  let count = 0;
  for (let at = bytes.indexOf(text); at >= 0; at = bytes.indexOf(text, at + text.length)) count++;
  return count;
}
