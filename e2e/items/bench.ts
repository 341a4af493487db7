import { Client } from "pg";
import { startPostgres } from "../../infra/local/postgres";
import { DEMO_PASSWORD } from "../../infra/local/provision";
import { startStack } from "../../infra/local/stack";

/** How a list of 100,000 items answers, on PostgreSQL, as ratios to one of a hundred: machines are noisy. */
const ROWS = 100_000;
const FEW = 100;
const ROUNDS = 40;

const server = await startPostgres();
if (server) await bench(server);
else console.log("skipped: there is no PostgreSQL here");

async function bench(server: NonNullable<Awaited<ReturnType<typeof startPostgres>>>): Promise<void> {
  const database = await server.createDatabase();
  const stack = await startStack({ environment: { DATABASE_URL: database.appUrl } });
  try {
    await seed(database.superuserUrl);
    const api = `${stack.application.url}/api`;
    const many = await tokenOf(api, "alice@acme.example");
    const few = await tokenOf(api, "carol@globex.example");
    const list = (query: string, token: string) => () => get(`${api}/items${query}`, token);
    const deep = await nextOf(list("?limit=100", many));
    const cases: [name: string, send: () => Promise<Response>][] = [
      [`first page of ${FEW}`, list("", few)],
      ["first page", list("", many)],
      ["a later page", () => get(`${stack.application.url}${deep}`, many)],
      ["prefix that 11 have", list("?starts_with=item%209999", many)],
      ["contains, many have it", list("?contains=99", many)],
      ["contains, one has it", list("?contains=item%201%20", many)],
      ["contains, none has it", list("?contains=nothing", many)],
    ];
    let base: number | null = null;
    console.log(`${ROWS} items beside ${ROWS} of another tenant, one request at a time, PostgreSQL\n`);
    for (const [name, send] of cases) {
      const ms = await median(send);
      base ??= ms;
      console.log(
        `${name.padEnd(24)} median ${ms.toFixed(1).padStart(6)} ms  ${(ms / base).toFixed(1)}× the first`,
      );
    }
    const began = performance.now();
    const text = await (await get(`${api}/items/export`, many)).text();
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    console.log(`\nexport: ${text.split("\r\n").length - 2} lines, ${text.length >> 20} MB, ${seconds} s`);
  } finally {
    await stack.stop();
    await server.destroy();
  }
}

/** Rows for acme, as many for a tenant that nobody asks for, and a few for globex. */
async function seed(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  for (const [tenant, rows] of [
    ["acme", ROWS],
    ["other", ROWS],
    ["globex", FEW],
  ] as const) {
    await client.query(
      `insert into items (tenant_id, id, name, description, owner_sub, created_at, updated_at)
       select $1, gen_random_uuid(), 'Item ' || n || ' of the register', repeat('d', 80), 'x',
              now() - make_interval(secs => n), now() from generate_series(1, $2::int) n`,
      [tenant, rows],
    );
  }
  await client.query("vacuum analyze items");
  await client.end();
}

async function tokenOf(api: string, email: string): Promise<string> {
  const headers = { "Content-Type": "application/json" };
  const body = JSON.stringify({ email, password: DEMO_PASSWORD });
  const response = await fetch(`${api}/user/login`, { method: "POST", headers, body });
  return ((await response.json()) as { access_token: string }).access_token;
}

async function get(address: string, token: string): Promise<Response> {
  const response = await fetch(address, { headers: { Authorization: `Bearer ${token}` } });
  if (!response.ok) throw new Error(`${address} answered ${response.status}`);
  return response;
}

async function nextOf(send: () => Promise<Response>): Promise<string> {
  const response = await send();
  await response.arrayBuffer();
  return /<([^>]+)>/.exec(response.headers.get("Link") ?? "")?.[1] ?? "";
}

async function median(send: () => Promise<Response>): Promise<number> {
  const durations: number[] = [];
  for (let round = -5; round < ROUNDS; round++) {
    const sent = performance.now();
    await (await send()).arrayBuffer();
    if (round >= 0) durations.push(performance.now() - sent);
  }
  durations.sort((a, b) => a - b);
  return durations[durations.length >> 1] ?? 0;
}
