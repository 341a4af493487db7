import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Application } from "../application";
import { startPostgres } from "../postgres";
import { DEMO_PASSWORD } from "../provision";
import { startGround } from "../stack";
import { cpuMs } from "./cpu";

/** What telling a collector of every request costs, in CPU time of the server, and how much it may. */
const ROUNDS = 15;
const REQUESTS = 400;
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
});`;

const collector = createServer((request, response) => {
  request.resume().on("end", () => response.writeHead(200, { "Content-Type": "application/json" }).end("{}"));
}).listen(0, "127.0.0.1");
const postgres = await startPostgres();
const ground = await startGround();
try {
  const DATABASE_URL = (await postgres?.createDatabase())?.appUrl;
  const endpoint = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
  const application = await ground.startApplication({
    DATABASE_URL,
    OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
    NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(SWITCH)}`,
  });
  const round = await measured(application);
  await round();
  const total = [0, 0];
  for (let done = 0; done < 2 * ROUNDS; done++) {
    const isSilent = done % 2;
    total[isSilent] = (total[isSilent] ?? 0) + (await round());
    application.process.kill("SIGUSR2");
  }
  print(total);
} finally {
  await ground.stop();
  await postgres?.destroy();
  collector.closeAllConnections();
  collector.close();
}

/** A round of reads of the tenant's rows, which gives the CPU time that it took (milliseconds). */
async function measured({ url, process: server }: Application) {
  const answer = await fetch(`${url}/api/user/login`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ email: "alice@acme.example", password: DEMO_PASSWORD }),
  });
  const { access_token } = (await answer.json()) as { access_token: string };
  const headers = { Authorization: `Bearer ${access_token}` };
  return async () => {
    const before = cpuMs(server.pid);
    let left = REQUESTS;
    const worker = async () => {
      while (left-- > 0) {
        const response = await fetch(`${url}/api/audit`, { headers });
        await response.arrayBuffer();
        if (!response.ok) throw new Error(`GET /api/audit answered ${response.status}`);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    return cpuMs(server.pid) - before;
  };
}

function print([telling = 0, silent = 0]: number[]): void {
  const each = (ms: number) => (ms / (ROUNDS * REQUESTS)).toFixed(2);
  const ratio = telling / silent;
  console.log(
    `GET /api/audit: ${each(silent)} ms of the processor, ${each(telling)} ms with traces and metrics of every ` +
      `request: ${ratio.toFixed(3)} times`,
  );
  if (ratio <= MOST) return;
  console.error(`\nThat is more than ${MOST} times.`);
  process.exitCode = 1;
}
