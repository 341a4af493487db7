import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { Client } from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { type PostgresServer, startPostgres } from "../../infra/local/postgres";
import type { TestDatabase } from "../../infra/local/postgres-database";
import { type SilentProxy, startSilentProxy } from "../../infra/local/testing/silent-proxy";

const POOL = 10;
/** Connecting, querying and the grace that a client gives. */
const LIMIT_MS = 3_000 + 1_000 + 1_000;
/** The machine may be busy. */
const SLACK_MS = 3_000;
const RECOVERY_MS = 10_000;
const unavailable = { code: "database_unavailable", status: 503 };

let server: PostgresServer;
let database: TestDatabase;
let proxy: SilentProxy;
let db: typeof import("./client");
let withTenant: typeof import("./with-tenant").withTenant;
let lines: string[];

beforeAll(async () => {
  const started = await startPostgres();
  if (!started) throw new Error("no PostgreSQL, although findPostgres found one");
  server = started;
  database = await server.createDatabase();
});
afterAll(() => server.destroy());

/** A process of its own, with ten idle connections through the proxy. */
beforeEach(async () => {
  const url = new URL(database.appUrl);
  proxy = await startSilentProxy(Number(url.port));
  url.port = String(proxy.port);
  vi.resetModules();
  Reflect.deleteProperty(globalThis, "sekishoOutage");
  vi.stubEnv("DATABASE_URL", url.href);
  // Ten at once, on a busy machine too.
  vi.stubEnv("DATABASE_CONNECT_SECONDS", "3");
  vi.stubEnv("DATABASE_QUERY_SECONDS", "1");
  db = await import("./client");
  ({ withTenant } = await import("./with-tenant"));
  await occupyAll();
  expect(proxy.counts()).toEqual({ made: POOL, open: POOL });
  lines = [];
  for (const level of ["log", "error"] as const) {
    vi.spyOn(console, level).mockImplementation((line) => void lines.push(line));
  }
});
afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await db.closeDatabase();
  proxy.close();
});

const ask = () => db.withDatabase((each) => each.execute(sql`select 1`));
const write = () => withTenant("acme", (tx) => tx.execute(sql`select 1`));

/**
 * Transactions that end only once all have begun: each has a connection of its own. They ask something meanwhile, or the
 * server would end the first ones.
 */
async function occupyAll(): Promise<void> {
  let inside = 0;
  await Promise.all(
    Array.from({ length: POOL }, () =>
      withTenant("acme", async (tx) => {
        inside += 1;
        const haveAllBegun = () => tx.execute(sql`select 1`).then(() => inside === POOL);
        await vi.waitUntil(haveAllBegun, { timeout: 10_000, interval: 50 });
      }),
    ),
  );
}

const unavailableLines = () => lines.filter((line) => line.includes('"database.unavailable"'));

test("when all connections go silent at once, the requests on them answer 503 within their limit, and the next are served by new ones", async () => {
  proxy.silence();
  const started = performance.now();
  const answers = await Promise.allSettled([ask(), ...Array.from({ length: POOL - 1 }, write)]);
  expect(performance.now() - started).toBeLessThan(LIMIT_MS + SLACK_MS);
  for (const answer of answers) expect(answer).toMatchObject({ status: "rejected", reason: unavailable });

  await occupyAll();
  expect(proxy.counts()).toEqual({ made: 2 * POOL, open: POOL });
});

test("the first request that finds a connection silent takes the idle ones along: the second is served", async () => {
  proxy.silence();
  await expect(write()).rejects.toMatchObject(unavailable);
  await write();
  expect(proxy.counts().made).toBe(POOL + 1);
});

test("a connection that goes silent in the middle of a transaction is given up once, not waited for again to roll back", async () => {
  const started = performance.now();
  const broken = withTenant("acme", async (tx) => {
    proxy.silence();
    await tx.execute(sql`select 1`);
  });
  await expect(broken).rejects.toMatchObject(unavailable);
  expect(performance.now() - started).toBeLessThan(LIMIT_MS + SLACK_MS);
  await write();
  expect(unavailableLines()).toHaveLength(1);
  expect(unavailableLines()[0]).toContain("The server said nothing for 2000 ms.");
});

test("while nothing reaches the server requests answer 503, and within 10 s of its return they are served", async () => {
  proxy.silence({ newOnesToo: true });
  const failed: unknown[] = [];
  let isOver = false;
  const callers = Array.from({ length: 20 }, async () => {
    while (!isOver) await write().catch((error) => failed.push(error));
  });
  await vi.waitUntil(() => failed.length > 40, { timeout: 60_000 });
  for (const error of failed) expect(error).toMatchObject(unavailable);
  proxy.speak();
  const back = performance.now();
  await vi.waitUntil(
    () =>
      ask().then(
        () => true,
        () => false,
      ),
    { timeout: RECOVERY_MS },
  );
  expect(performance.now() - back).toBeLessThan(RECOVERY_MS);
  isOver = true;
  await Promise.all(callers);
  await occupyAll();
});

test("a frozen server holds no request longer than the limit, and serves again when it goes on", async () => {
  server.freeze();
  try {
    const started = performance.now();
    const answers = await Promise.allSettled(Array.from({ length: POOL + 5 }, write));
    expect(performance.now() - started).toBeLessThan(LIMIT_MS + SLACK_MS);
    for (const answer of answers) expect(answer).toMatchObject({ status: "rejected", reason: unavailable });
    await expect(ask()).rejects.toMatchObject(unavailable);
  } finally {
    server.thaw();
  }
  await occupyAll();
});

test("the log names the cause once, however many requests it fails, and the end of it once", async () => {
  proxy.silence();
  await Promise.allSettled(Array.from({ length: POOL }, write));
  expect(unavailableLines()).toHaveLength(1);
  expect(unavailableLines()[0]).toContain("The server said nothing for 2000 ms.");
  await write();
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 6_000 });
  await write();
  await write();
  vi.useRealTimers();
  expect(lines.filter((line) => line.includes('"database.available"'))).toHaveLength(1);
  proxy.silence();
  await expect(write()).rejects.toMatchObject(unavailable);
  expect(unavailableLines()).toHaveLength(2);
});

test("a slow query is ended by the server, and no other connection with it", async () => {
  await expect(db.withDatabase((each) => each.execute(sql`select pg_sleep(5)`))).rejects.toMatchObject(
    unavailable,
  );
  await sleep(0);
  expect(proxy.counts().open).toBeGreaterThanOrEqual(POOL - 1);
  expect(unavailableLines()).toEqual([]);
});

test("connections ask the other end by TCP whether it is still there", async () => {
  const { connectionOf } = await import("./connection");
  const { env } = await import("../env");
  const client = new Client(connectionOf({ ...env(), DATABASE_URL: database.appUrl }).config);
  const asked = vi.spyOn(client.connection.stream as import("node:net").Socket, "setKeepAlive");
  await client.connect();
  expect(asked).toHaveBeenCalledWith(true, expect.any(Number));
  await client.end();
});
