import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { startPostgres } from "../../infra/local/postgres";
import { killApplication, startGround } from "../../infra/local/stack";
import { hasPgbouncer, startPgbouncer } from "../../infra/local/testing/pgbouncer";
import { startSilentProxy } from "../../infra/local/testing/silent-proxy";
import { Api, login } from "../support/api";
import { withFault } from "../support/cognito-controls";
import { clientsOnRecord, newClient, signInAs } from "../support/sign-ins-on-record";
import { newTenant, newUser } from "../support/users";

/**
 * Every fault of the database and of Cognito in one go, over two instances that are written to all the time: what they
 * answer meanwhile, how long until both serve again, what is left open, and whether anything acknowledged was lost.
 * Straight to PostgreSQL and through a pooler in both modes. Ends with an error where something of it does not hold.
 */
const OUTAGE_MS = 3_000;
/** Of what does not answer at all: longer than anybody waits for it. */
const SILENCE_MS = 8_000;
const RECOVERY_MS = 10_000;
/** Of each instance: its pool, and the connection that listens. */
const CONNECTIONS = 10 + 1;
const WRITERS_EACH = 2;
const MAY_ANSWER = new Set([200, 503]);
const WAYS = ["straight", "session", "transaction"] as const;

type Way = (typeof WAYS)[number];
type Fault = { name: string; begin: () => unknown; end: () => unknown; lasts?: number };

const failures: string[] = [];
const postgres = await startPostgres();
if (!postgres) console.log("skipped: faults, because this machine has no PostgreSQL server programs");
else {
  for (const way of WAYS) {
    if (way !== "straight" && !hasPgbouncer()) console.log(`skipped: ${way} pooling: there is no pgbouncer`);
    else await tryAll(postgres, way);
  }
  await postgres.destroy();
}
if (failures.length > 0) {
  console.error(`\nDoes not hold:\n${failures.join("\n")}`);
  process.exitCode = 1;
}

async function tryAll(server: NonNullable<typeof postgres>, way: Way): Promise<void> {
  const database = await server.createDatabase();
  const pooler = way === "straight" ? null : await startPgbouncer(database.superuserUrl, way, 30);
  const behindProxy = new URL(pooler?.through(database.appUrl) ?? database.appUrl);
  const proxy = await startSilentProxy(Number(behindProxy.port));
  const ground = await startGround();
  const environment = {
    DATABASE_URL: Object.assign(new URL(behindProxy), { port: String(proxy.port) }).href,
    SIGN_IN_TRIES_PER_ADDRESS: "100000",
    ...(way !== "straight" && { DATABASE_POOLER: way }),
  };
  const instances = await Promise.all([
    ground.startApplication(environment),
    ground.startApplication(environment),
  ]);
  const tenant = newTenant();
  const newWriter = () => newUser(ground, { tenant, groups: ["admin"] });
  let user = await newWriter();
  const { access_token } = await login(instances[0].url, user.email, user.password);
  const readers = instances.map(({ url }) => new Api(url).bearer(access_token));

  const acknowledged: string[] = [];
  let answers = new Map<number | "cut", number>();
  // Another account for each fault: the point of a try that cannot be given back while the database is away stays taken.
  const nextFault = async () => {
    user = await newWriter();
    answers = new Map();
  };
  let isOver = false;
  const write = async (url: string) => {
    while (!isOver) {
      const client = newClient();
      const status = (await signInAs(client, url, user).catch(() => null))?.status ?? "cut";
      answers.set(status, (answers.get(status) ?? 0) + 1);
      if (status === 200) acknowledged.push(client);
    }
  };
  const writers = instances.flatMap(({ url }) => Array.from({ length: WRITERS_EACH }, () => write(url)));

  const asSuperuser = async (statement: string) => {
    const client = new Client({ connectionString: server.serverUrl() });
    await client.connect();
    await client.query(statement).finally(() => client.end());
  };
  const { username, password } = new URL(database.appUrl);
  const cutAll = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '${username}'`;
  const faults: Fault[] = [
    { name: "stopped, started", begin: () => server.stop(), end: () => server.start() },
    { name: "killed, started", begin: () => server.stop("immediate"), end: () => server.start() },
    { name: "frozen, thawed", begin: () => server.freeze(), end: () => server.thaw(), lasts: SILENCE_MS },
    { name: "connections go silent", begin: () => proxy.silence(), end: () => undefined },
    {
      name: "the network goes silent",
      begin: () => proxy.silence({ newOnesToo: true }),
      end: () => proxy.speak(),
    },
    {
      name: "the login is refused",
      begin: async () => {
        await asSuperuser(`ALTER ROLE ${username} PASSWORD 'another one'`);
        await asSuperuser(cutAll);
      },
      end: () => asSuperuser(`ALTER ROLE ${username} PASSWORD '${password}'`),
    },
    {
      name: "it can only be read",
      begin: async () => {
        await asSuperuser(`ALTER DATABASE ${database.name} SET default_transaction_read_only = on`);
        await asSuperuser(cutAll);
      },
      end: async () => {
        await asSuperuser(`ALTER DATABASE ${database.name} RESET default_transaction_read_only`);
        await asSuperuser(cutAll);
      },
    },
    ...(pooler
      ? [{ name: "the pooler is killed, started", begin: () => pooler.kill(), end: () => pooler.start() }]
      : []),
  ];

  console.log(`\n${way === "straight" ? "Straight to PostgreSQL" : `pgbouncer, ${way} mode`}`);
  console.log(`${"".padEnd(32)}${"answers meanwhile".padEnd(28)}served again after   open`);
  for (const { name, begin, end, lasts = OUTAGE_MS } of faults) {
    await nextFault();
    await begin();
    await sleep(lasts);
    await end();
    await report(name, await recovered());
  }
  for (const kind of ["reset", "error", "half", "throttled", "slow"] as const) {
    await nextFault();
    await withFault(ground, { kind, ...(kind === "slow" && { delayMs: 30_000 }) }, async () => {
      const until = Date.now() + (kind === "slow" ? SILENCE_MS : OUTAGE_MS);
      while (Date.now() < until) {
        for (const reader of readers) {
          const { status } = await reader.get("/api/user/tenant");
          if (status !== 200)
            failures.push(`${way}: Cognito ${kind}: who is signed in was answered ${status}`);
        }
        await sleep(100);
      }
    });
    await report(`Cognito: ${kind}`, await recovered());
  }

  isOver = true;
  await Promise.all(writers);
  const onRecord = new Set(await clientsOnRecord(readers[0] as Api));
  const lost = acknowledged.filter((client) => !onRecord.has(client)).length;
  console.log(`${acknowledged.length} writes acknowledged, ${lost} of them lost`);
  if (lost > 0) failures.push(`${way}: ${lost} acknowledged writes are lost`);
  await Promise.all(instances.map(killApplication));
  await ground.stop();
  proxy.close();
  await pooler?.destroy();

  /** Until both are read from and written to again (ms). */
  async function recovered(): Promise<number> {
    const began = performance.now();
    const isServed = async (index: number) => {
      const reader = readers[index] as Api;
      const url = instances[index]?.url ?? "";
      while (performance.now() - began < 3 * RECOVERY_MS) {
        const read = await reader.get("/api/user/tenant").catch(() => null);
        const written = read?.status === 200 ? await signInAs("probe", url, user).catch(() => null) : null;
        if (written?.status === 200) return;
        await sleep(50);
      }
    };
    await Promise.all(instances.map((_, index) => isServed(index)));
    return performance.now() - began;
  }

  async function report(name: string, ms: number): Promise<void> {
    const { open } = proxy.counts();
    const told = [...answers].map(([status, count]) => `${count} × ${status}`).join(", ");
    console.log(`${name.padEnd(32)}${told.padEnd(28)}${`${Math.round(ms)} ms`.padEnd(21)}${open}`);
    if (ms > RECOVERY_MS) failures.push(`${way}: ${name}: served again only after ${Math.round(ms)} ms`);
    if (open > instances.length * CONNECTIONS) failures.push(`${way}: ${name}: ${open} connections are open`);
    const others = [...answers.keys()].filter((status) => status === "cut" || !MAY_ANSWER.has(status));
    if (others.length > 0) failures.push(`${way}: ${name}: answered ${others.join(", ")}`);
  }
}
