import { asSuperuser, seed } from "../../infra/local/bench/seed";
import { startPostgres } from "../../infra/local/postgres";
import { startStack } from "../../infra/local/stack";
import { cookieOf } from "../support/browser-session";
import { PAGES } from "../support/pages";
import { newUser } from "../support/users";
import { startBareApplication } from "./bench/bare-application";
import { measureRequests, type Subject } from "./bench/measure-requests";
import { PROFILER } from "./bench/profile";
import { INSERT } from "./scale";

/**
 * What sign-in, tenancy and row-level security cost: CPU time of the server's process for each request, against bare
 * handlers and a bare page on the same Next, in alternating rounds, on PostgreSQL with a million items of a thousand
 * tenants (`--small`: ten thousand items of ten, and fewer requests). With `--profile` also where that time goes.
 */
const isSmall = process.argv.includes("--small");
const ROUNDS = {
  warm: isSmall ? 300 : 1_000,
  rounds: isSmall ? 5 : 9,
  requests: isSmall ? 60 : 300,
  atOnce: 8,
};
const ROWS = isSmall ? { tenants: 10, rows: 10_000 } : { tenants: 1_000, rows: 1_000_000 };
const TENANT = "tenant-7";

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
  await asSuperuser(database.superuserUrl, (client) => seed(client, INSERT, ROWS));
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
  const bare = await startBareApplication(new URL("./bench/bare", import.meta.url), {
    BARE_ISSUER: pool.COGNITO_ISSUER,
    BARE_CLIENT: pool.COGNITO_APP_CLIENT_ID,
    BARE_DATABASE: database.superuserUrl,
  });
  try {
    await measureRequests({ ours, bare }, await subjects(stack), ROUNDS);
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
    // What asks Cognito is limited.
    ...PAGES.filter((path) => path !== "/account").map((path) => ({ name: path, path, ...page })),
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
