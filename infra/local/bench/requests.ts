import { cookieOf } from "../../../e2e/support/browser-session";
import { newUser } from "../../../e2e/support/users";
import type { Application } from "../application";
import { startPostgres } from "../postgres";
import { startStack } from "../stack";
import { startBareApplication } from "./bare-application";
import { cpuMs } from "./cpu";
import { Load, type Sent } from "./load";
import { PROFILER, printProfile } from "./profile";
import { asSuperuser, seed } from "./seed";

/**
 * What sign-in, tenancy and row-level security cost: CPU time of the server's process for each request, against bare
 * handlers and a bare page on the same Next, in alternating rounds, on PostgreSQL with a million items of a thousand
 * tenants (`--small`: ten thousand items of ten, and fewer requests). With `--profile` also where that time goes.
 */
const isSmall = process.argv.includes("--small");
const ROUNDS = isSmall ? 5 : 9;
const REQUESTS = isSmall ? 60 : 300;
const AT_ONCE = 8;
const ROWS = { tenants: isSmall ? 10 : 1_000, items: isSmall ? 10_000 : 1_000_000 };
const TENANT = "tenant-7";

type Subject = Sent & { name: string; of: "bare" | "ours"; against?: string };

/** What Next's router sends when a link is followed: the layout around both pages stands. */
const FROM_HOME = {
  RSC: "1",
  "Next-Router-State-Tree": encodeURIComponent(
    JSON.stringify(["", { children: ["(tenant)", { children: ["home", { children: ["__PAGE__", {}] }] }] }]),
  ),
};

const postgres = await startPostgres();
if (!postgres || process.platform !== "linux") {
  console.log("skipped: the cost of a request, because it needs Linux and PostgreSQL's server programs");
} else {
  const database = await postgres.createDatabase();
  await asSuperuser(database.superuserUrl, (client) => seed(client, ROWS));
  const stack = await startStack({
    environment: {
      DATABASE_URL: database.appUrl,
      COGNITO_PREFERRED_TOKEN_USE: "id",
      // Where others use the machine too, nothing is refused for it.
      DATABASE_QUERY_SECONDS: "60",
      DATABASE_CONNECT_SECONDS: "60",
      NODE_OPTIONS: PROFILER,
    },
  });
  const { pool, application: ours } = stack;
  const bare = await startBareApplication({
    BARE_ISSUER: pool.COGNITO_ISSUER,
    BARE_CLIENT: pool.COGNITO_APP_CLIENT_ID,
    BARE_DATABASE: database.superuserUrl,
  });
  try {
    await measureAll({ ours, bare }, await subjects(stack));
  } finally {
    await bare.stop();
    await stack.stop();
    await postgres.destroy();
  }
}

async function subjects({ application: { url }, pool }: Awaited<ReturnType<typeof startStack>>) {
  const user = await newUser({ pool }, { tenant: TENANT, groups: ["admin"] });
  const json = { "Content-Type": "application/json" };
  const login = await fetch(`${url}/api/user/login`, {
    method: "POST",
    headers: json,
    body: JSON.stringify(user),
  });
  const { id_token } = (await login.json()) as { id_token: string };
  const bearer = { Authorization: `Bearer ${id_token}` };
  const page = { headers: { Cookie: await cookieOf(url, user) }, against: "bare page", of: "ours" } as const;
  const creation = {
    method: "POST",
    headers: { ...bearer, ...json },
    body: JSON.stringify({ name: "Lantern", description: "Paper, for the east gate" }),
  };
  const read = { headers: bearer, against: "bare read, verified" };
  const all: Subject[] = [
    { name: "bare answer", of: "bare", path: "/bare" },
    { name: "bare read, verified", of: "bare", path: "/items", headers: bearer },
    { name: "GET /api/items", of: "ours", path: "/api/items", ...read },
    { name: "GET /api/items/me", of: "ours", path: "/api/items/me", ...read },
    { name: "bare insert, verified", of: "bare", path: "/items", ...creation },
    {
      name: "POST /api/items",
      of: "ours",
      path: "/api/items",
      ...creation,
      against: "bare insert, verified",
    },
    { name: "bare page", of: "bare", path: `/page?tenant=${TENANT}` },
    { name: "/items", path: "/items", ...page },
    { name: "/home", path: "/home", ...page },
    { name: "/alerts", path: "/alerts", ...page },
    { name: "/items, from /home", ...page, ...(await followed(url, "/items", page.headers)) },
  ];
  return all;
}

/** What the router asks for when a link is followed; Next says by a redirect which address that has. */
async function followed(url: string, path: string, own: Record<string, string>) {
  const headers = { ...own, ...FROM_HOME };
  const { headers: answered } = await fetch(url + path, { headers, redirect: "manual" });
  const { pathname, search } = new URL(answered.get("location") ?? path, url);
  return { path: pathname + search, headers };
}

async function measureAll(
  applications: Record<Subject["of"], Application>,
  subjects: Subject[],
): Promise<void> {
  const loads = {
    ours: new Load(applications.ours.url, AT_ONCE),
    bare: new Load(applications.bare.url, AT_ONCE),
  };
  const measured = new Map(
    subjects.map(({ name }) => [name, { cpu: [] as number[], perSecond: [] as number[] }]),
  );
  for (const subject of subjects) await loads[subject.of].send(REQUESTS, subject);
  for (let round = 0; round < ROUNDS; round++) {
    for (const subject of subjects) {
      const { pid } = applications[subject.of].process;
      const [cpu, began] = [cpuMs(pid), performance.now()];
      await loads[subject.of].send(REQUESTS, subject);
      measured.get(subject.name)?.cpu.push((cpuMs(pid) - cpu) / REQUESTS);
      measured.get(subject.name)?.perSecond.push((REQUESTS * 1000) / (performance.now() - began));
    }
  }
  console.log(
    `CPU of the server a request, ${ROUNDS} alternating rounds of ${REQUESTS}, ${AT_ONCE} at once\n`,
  );
  for (const { name, against } of subjects) {
    const { cpu = [], perSecond = [] } = measured.get(name) ?? {};
    const base = against === undefined ? undefined : measured.get(against)?.cpu;
    const ratios = base?.map((each, round) => (cpu[round] ?? 0) / each);
    console.log(
      `${name.padEnd(22)} ${middle(cpu).toFixed(2).padStart(6)} ms ${middle(perSecond).toFixed(0).padStart(6)}/s` +
        (ratios ? `  ${middle(ratios).toFixed(2)} × ${against} (${spread(ratios)})` : ""),
    );
  }
  if (process.argv.includes("--profile")) {
    for (const subject of subjects.filter(({ of }) => of === "ours")) {
      await printProfile(applications.ours, subject.name, () => loads.ours.send(REQUESTS * 3, subject));
    }
  }
  for (const load of Object.values(loads)) load.close();
}

function middle(values: number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
}

function spread(values: number[]): string {
  return `${Math.min(...values).toFixed(2)}–${Math.max(...values).toFixed(2)}`;
}
