import { Agent, request } from "node:http";
import { startPostgres } from "../postgres";
import { DEMO_PASSWORD } from "../provision";
import { startStack } from "../stack";
import { residentBytes } from "./cpu";

/**
 * How much memory the application takes over many mixed requests when its heap has a limit, as it has in a container:
 * it must not grow. On PostgreSQL, since PGlite has its own memory in the process; Linux only.
 */
const REQUESTS = 50_000;
const AT_ONCE = 8;
const HEAP_MB = 160;
const ROUNDS = 25;
/** How much more it may hold: the second half than the first, after the first round, and the tenth round than the first. */
const ALLOWED = 1.1;

const postgres = await startPostgres();
if (!postgres || process.platform !== "linux") {
  console.log("skipped: memory over many requests, because it needs Linux and PostgreSQL's server programs");
} else {
  const database = await postgres.createDatabase();
  const stack = await startStack({
    environment: {
      DATABASE_URL: database.appUrl,
      NODE_OPTIONS: `--max-old-space-size=${HEAP_MB}`,
      SIGN_IN_TRIES_PER_ADDRESS: "100000",
      // Where others use the machine too, nothing is refused for it.
      DATABASE_QUERY_SECONDS: "60",
      DATABASE_CONNECT_SECONDS: "60",
    },
  });
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  try {
    const { url, process: child } = stack.application;
    const body = JSON.stringify({ email: "alice@acme.example", password: DEMO_PASSWORD });
    const json = { "Content-Type": "application/json" };
    const login = await fetch(`${url}/api/user/login`, { method: "POST", headers: json, body });
    const { access_token: token } = (await login.json()) as { access_token: string };
    const kinds = mixed(token);
    console.log(`${REQUESTS} requests, ${AT_ONCE} at once, a heap of ${HEAP_MB} MB: resident memory\n`);
    const sizes: number[] = [];
    for (let round = 1; round <= ROUNDS; round++) {
      let left = REQUESTS / ROUNDS;
      const worker = async () => {
        while (left-- > 0) {
          const kind = kinds[left % kinds.length];
          if (kind) await send(url, agent, kind);
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, worker));
      sizes.push(Math.round(residentBytes(child.pid) / 2 ** 20));
      console.log(`${String((round * REQUESTS) / ROUNDS).padStart(6)}  ${sizes.at(-1)} MB`);
    }
    const middle = Math.ceil(ROUNDS / 2);
    const growth = mean(sizes.slice(middle)) / mean(sizes.slice(1, middle));
    const soon = (sizes[9] ?? Number.NaN) / (sizes[0] ?? Number.NaN);
    console.log(
      `\nThe second half takes ${growth.toFixed(2)}× the first; the tenth round ${soon.toFixed(2)}× the first.`,
    );
    if (growth > ALLOWED || soon > ALLOWED) {
      console.error(`Memory grows: at most ${ALLOWED}× is allowed.`);
      process.exitCode = 1;
    }
  } finally {
    agent.destroy();
    await stack.stop();
    await postgres.destroy();
  }
}

type Kind = { method: string; path: string; headers?: Record<string, string>; body?: string; status: number };

/** Reading, refused and failing requests, pages and files. */
function mixed(token: string): Kind[] {
  const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
  return [
    { method: "GET", path: "/api/user/me", headers, status: 200 },
    { method: "GET", path: "/api/audit", headers, status: 200 },
    { method: "GET", path: "/signin", status: 200 },
    { method: "GET", path: "/api/health/ready", status: 200 },
    { method: "GET", path: "/api/user/me", headers: { Authorization: "Bearer a.b.c" }, status: 401 },
    { method: "POST", path: "/api/members", headers, body: '{"unknown":1}', status: 400 },
    { method: "GET", path: "/api/openapi.json", status: 200 },
    { method: "GET", path: "/nowhere", status: 307 },
  ];
}

/** @throws Error for another answer than the one expected: what fails costs other memory. */
function send(url: string, agent: Agent, { method, path, headers, body, status }: Kind): Promise<void> {
  return new Promise((done, failed) => {
    const sent = request(url + path, { method, agent, headers }, (answer) => {
      answer.resume().once("end", () => {
        if (answer.statusCode === status) done();
        else failed(new Error(`${method} ${path} answered ${answer.statusCode}`));
      });
    });
    sent.once("error", failed);
    sent.end(body);
  });
}

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
