import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { Agent, get } from "node:http";
import { connect } from "node:net";
import { join } from "node:path";
import { serverCommand, untilAnswers } from "../../infra/local/application";
import { freePort } from "../../infra/local/ports";
import type { Ground } from "../../infra/local/stack";
import { giveMigratedPglite } from "../../infra/local/testing/migrated-pglite";
import { Api, login } from "../support/api";
import { withFault } from "../support/cognito-controls";
import { type LiveEvent, liveEvents, nextOf, STREAMS } from "../support/live-events";
import { withoutNamespaces } from "../support/skip-reason";
import { expect, test } from "../support/test";
import { newTenant, newUser } from "../support/users";

const npmStart = (port: number) => ["npm", "start", "--", "--host", "127.0.0.1", "--port", String(port)];
const NO_NAMESPACES = withoutNamespaces();
const WAYS: [way: string, command: (port: number) => string[], why: string | null][] = [
  ["the server itself", (port) => [process.execPath, ...serverCommand("start", port)], null],
  ["npm start", npmStart, null],
  // As in a container: a signal has no default effect on the first process of a namespace.
  [
    "npm start as process number one",
    (port) => ["unshare", "--pid", "--fork", "--mount-proc", ...npmStart(port)],
    NO_NAMESPACES,
  ],
];

for (const [way, command, why] of WAYS) {
  test(`asked to stop, ${way} answers what is under way, ends the streams, and ends`, async ({ ground }) => {
    test.skip(why !== null, why ?? "");
    const port = await freePort();
    const [program = "", ...args] = command(port);
    const DATA_DIR = join(ground.dataDir, `stop-${port}`);
    await giveMigratedPglite(DATA_DIR);
    const env = { ...process.env, ...ground.environment(port), DATA_DIR };
    const child = spawn(program, args, { env: { ...env, DATABASE_URL: undefined }, stdio: "ignore" });
    const ended = once(child, "exit");
    const url = `http://127.0.0.1:${port}`;
    await untilAnswers(`${url}/api/health`, child);
    const user = await newUser(ground, { tenant: newTenant() });
    const { access_token } = await login(url, user.email, user.password);
    const Authorization = `Bearer ${access_token}`;
    const streams = STREAMS.map((path) => liveEvents(url + path, { Authorization }));
    for (const events of streams) await nextOf(events, "live");
    await keepConnection(url);

    const slow = { target: "AdminInitiateAuth", kind: "slow", delayMs: 1_500, times: 1 } as const;
    await withFault(ground, slow, async () => {
      const underWay = new Api(url).post("/api/user/login", user);
      await expect.poll(() => faultsLeft(ground), { intervals: [20] }).toBe(0);
      process.kill(firstProcess(child, program), "SIGTERM");
      expect((await underWay).status).toBe(200);
    });
    for (const events of streams) {
      expect((await restOf(events)).at(-1)).toEqual({
        name: "end",
        data: { code: null, reason: "stopping" },
      });
    }
    await ended;
    expect(child.exitCode).toBe(0);
    await expect(fetch(`${url}/api/health`)).rejects.toThrow();
  });
}

test("a request that never ends holds the server up no longer than its deadline", async ({ ground }) => {
  const { process: child, url } = await ground.startApplication({ STOP_SECONDS: "4" });
  const ended = once(child, "exit");
  const { port } = new URL(url);
  const half = connect(Number(port), "127.0.0.1");
  half.on("error", () => half.destroy());
  half.write(
    "POST /api/user/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{",
  );
  await once(half, "connect");
  await fetch(`${url}/api/health`);
  const began = Date.now();
  child.kill("SIGTERM");
  await ended;
  expect(child.exitCode).toBe(0);
  // By itself it would be ended after fifteen.
  expect(Date.now() - began).toBeLessThan(8_000);
});

test("asked to stop under steady traffic, it accepts for its time, is not ready, ends each connection with an answer, and ends in time", async ({
  ground,
}) => {
  const { process: child, url } = await ground.startApplication({
    STOP_SECONDS: "8",
    STOP_ACCEPT_SECONDS: "2",
  });
  const ended = once(child, "exit");
  const connections = Array.from({ length: 5 }, () => asking(url.replace("localhost", "127.0.0.1")));
  for (const { answers } of connections) await expect.poll(() => answers.length).toBeGreaterThan(3);
  expect(new Set(connections.flatMap(({ answers }) => answers))).toEqual(new Set(["200 keep-alive"]));

  const began = Date.now();
  child.kill("SIGTERM");
  const ready = async () => (await fetch(`${url}/api/health/ready`)).json();
  await expect.poll(ready, { intervals: [20] }).toMatchObject({ status: "unavailable", process: "stopping" });
  const seen = connections.map(({ answers }) => answers.length);
  await ended;
  expect(child.exitCode).toBe(0);
  expect(Date.now() - began).toBeGreaterThan(2_000);
  expect(Date.now() - began).toBeLessThan(8_000);
  for (const [index, { answers, trouble }] of connections.entries()) {
    // The one under way when it was told may have been answered before.
    const since = answers.slice((seen[index] ?? 0) + 1);
    expect(since.length).toBeGreaterThan(3);
    expect(new Set(since)).toEqual(new Set(["200 close"]));
    // Of a new connection: who goes on without asking whether it is ready comes too late, be it by less than a millisecond.
    expect(await trouble).toMatch(/^ECONN(REFUSED|RESET)$/);
  }
});

test("asked to stop while many wait to be accepted, it lets them all in and answers each", async ({
  ground,
}) => {
  const { process: child, url } = await ground.startApplication({
    STOP_SECONDS: "60",
    STOP_ACCEPT_SECONDS: "0",
  });
  const ended = once(child, "exit");
  await fetch(`${url}/signin`);
  // As on a machine that has more to do than it can: they come while it has no turn.
  child.kill("SIGSTOP");
  const waiting = await Promise.all(Array.from({ length: 200 }, () => asked(url, "/signin")));
  child.kill("SIGTERM");
  child.kill("SIGCONT");
  const answers = await Promise.all(waiting.map(({ answer }) => answer()));
  expect(new Set(answers)).toEqual(new Set(["HTTP/1.1 200 OK"]));
  expect(await ended).toEqual([0, null]);
});

test("asked to stop while it starts, process number one ends before it listens", async ({ ground }) => {
  test.skip(NO_NAMESPACES !== null, NO_NAMESPACES ?? "");
  const port = await freePort();
  const DATA_DIR = join(ground.dataDir, `stop-${port}`);
  await giveMigratedPglite(DATA_DIR);
  const env = { ...process.env, ...ground.environment(port), DATA_DIR, DATABASE_URL: undefined };
  const started = [process.execPath, ...serverCommand("start", port)];
  const child = spawn("unshare", ["--pid", "--fork", "--mount-proc", ...started], {
    env,
    stdio: ["ignore", "pipe", "ignore"],
  });
  let output = "";
  child.stdout?.on("data", (chunk) => {
    output += chunk;
  });
  const ended = once(child, "exit");
  // Not before it opens its database: until our file runs, Node has a handler of its own that works once. Another signal
  // then kills the process, number one or not, if the main thread blocks signals at that moment and others do not.
  const isOpening = () => existsSync(join(DATA_DIR, "db", "lock"));
  await expect.poll(isOpening, { intervals: [10], timeout: 30_000 }).toBe(true);
  process.kill(firstProcess(child, "unshare"), "SIGTERM");
  expect(await ended).toEqual([0, null]);
  expect(output).not.toContain("listens");
});

/** Of `unshare`, the process that is number one of its namespace; otherwise the child itself. */
function firstProcess({ pid = 0 }: ChildProcess, program: string): number {
  return program === "unshare" ? Number(readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8")) : pid;
}

/**
 * Asks again and again over a connection that is kept as long as it is let, until there is trouble: whether the process
 * lives, and what each answer says of its connection.
 */
function asking(url: string): { answers: string[]; trouble: Promise<string> } {
  const answers: string[] = [];
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ask = async (): Promise<string> => {
    for (;;) {
      const [answer] = await once(get(`${url}/api/health/live`, { agent }), "response");
      for await (const _ of answer);
      answers.push(`${answer.statusCode} ${answer.headers.connection}`);
    }
  };
  return { answers, trouble: ask().catch((error) => error.code) };
}

/** Asks on a connection of its own, and waits for no more than that it is there; `answer` gives the answer's first line. */
async function asked(url: string, path: string): Promise<{ answer: () => Promise<string> }> {
  const { host, port } = new URL(url);
  const socket = connect(Number(port), "127.0.0.1");
  await once(socket, "connect");
  socket.write(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
  return {
    answer: async () => {
      try {
        let text = "";
        for await (const chunk of socket) text += chunk;
        return text.slice(0, text.indexOf("\r\n"));
      } catch (error) {
        return String(error);
      }
    },
  };
}

/** Leaves a connection open that has nothing to do. */
async function keepConnection(url: string): Promise<void> {
  const [answer] = await once(
    get(`${url}/api/health`, { agent: new Agent({ keepAlive: true }) }),
    "response",
  );
  for await (const _ of answer);
}

async function faultsLeft({ pool }: Ground): Promise<number> {
  const { faults } = (await (await fetch(`${pool.COGNITO_DOMAIN}/_local/faults`)).json()) as { faults: [] };
  return faults.length;
}

async function restOf(events: AsyncIterable<LiveEvent>): Promise<LiveEvent[]> {
  const rest: LiveEvent[] = [];
  for await (const event of events) rest.push(event);
  return rest;
}
