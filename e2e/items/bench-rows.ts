import { asSuperuser, type Rows, seed } from "../../infra/local/bench/seed";
import { startPostgres } from "../../infra/local/postgres";
import { startStack } from "../../infra/local/stack";
import { newUser } from "../support/users";
import { INSERT } from "./scale";

/**
 * What a list costs where there are a million items, against ten thousand: each tenant has a thousand either way. Both
 * are asked in turn, one request at a time, so that what else the machine does falls on both.
 */
const FEW: Rows = { tenants: 10, rows: 10_000 };
const MANY: Rows = { tenants: 1_000, rows: 1_000_000 };
const TENANT = "tenant-7";
const TURNS = 400;
const LISTS = {
  "the newest": "/api/items",
  "by name": "/api/items?sort=name",
  "that contain": "/api/items?contains=97",
};

type Side = Awaited<ReturnType<typeof startSide>>;
const postgres = await startPostgres();
if (!postgres) {
  console.log("skipped: lists of a million rows, because it needs PostgreSQL's server programs");
} else {
  const stop: (() => Promise<void>)[] = [postgres.destroy];
  try {
    const few = await startSide(postgres, FEW);
    stop.unshift(few.stop);
    const many = await startSide(postgres, MANY);
    stop.unshift(many.stop);
    console.log(
      `a list of 50, ${TURNS} turns: median of its time in ms, and in how many turns it was longer\n`,
    );
    for (const [name, path] of Object.entries(LISTS)) await compare(name, path, [few, many]);
  } finally {
    for (const each of stop) await each();
  }
}

async function startSide(server: NonNullable<typeof postgres>, rows: Rows) {
  const database = await server.createDatabase();
  await asSuperuser(database.superuserUrl, (client) => seed(client, INSERT, rows));
  const { application, pool, stop } = await startStack({
    environment: { DATABASE_URL: database.appUrl, COGNITO_PREFERRED_TOKEN_USE: "id" },
  });
  const login = await fetch(`${application.url}/api/user/login`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(await newUser({ pool }, { tenant: TENANT })),
  });
  const { id_token } = (await login.json()) as { id_token: string };
  const ask = async (path: string) => {
    const began = performance.now();
    const answer = await fetch(application.url + path, { headers: { Authorization: `Bearer ${id_token}` } });
    await answer.text();
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
    return performance.now() - began;
  };
  return { ask, stop };
}

async function compare(name: string, path: string, [few, many]: [Side, Side]): Promise<void> {
  const turns: [few: number, many: number][] = [];
  // The first fifth warms both.
  for (let turn = -TURNS / 5; turn < TURNS; turn++) {
    const [first, second] = turn % 2 ? [few, many] : [many, few];
    const took = [await first.ask(path), await second.ask(path)];
    if (turn >= 0) turns.push((turn % 2 ? took : took.reverse()) as [number, number]);
  }
  const [ofFew, ofMany] = [median(turns.map(([each]) => each)), median(turns.map(([, each]) => each))];
  const longer = turns.filter(([one, other]) => other > one).length;
  console.log(
    `${name.padEnd(14)} ${ofFew.toFixed(2)} → ${ofMany.toFixed(2)}, ${(ofMany / ofFew).toFixed(2)} ×, longer in ${longer}`,
  );
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1] ?? 0;
}
