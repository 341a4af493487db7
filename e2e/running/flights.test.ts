import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Application } from "../../infra/local/application";
import { killApplication } from "../../infra/local/stack";
import { type CountingProxy, startCountingProxy } from "../../infra/local/testing/counting-proxy";
import { FEATURES } from "../../lib/features";
import { HOME } from "../../lib/home";
import { callsCognito, isOfTenant } from "../../lib/operation";
import { type Answer, Api, login } from "../support/api";
import { cookieOf } from "../support/browser-session";
import { CREATES } from "../support/creates";
import { matrixOf } from "../support/matrix";
import { PAGES } from "../support/pages";
import { newDatabase } from "../support/shared-postgres";
import { withoutPostgres } from "../support/skip-reason";
import { expect, test } from "../support/test";
import { newTenant, newUser } from "../support/users";

const reason = withoutPostgres();

test.skip(reason !== null, reason ?? "");

/** Features that every product has: their operations are in the documentation. */
const OF_THE_HOUSE = new Set(["account", "members", "single-sign-on", "session-limits", "tenants", "audit"]);
const README = "lib/db/README.md";
/** A process asks the database something by itself now and then; of several times the least is the operation's own. */
const TIMES = 4;

let proxy: CountingProxy;
let application: Application;
let api: Api;
test.beforeAll(async ({ ground }) => {
  const { appUrl } = await newDatabase();
  proxy = await startCountingProxy(Number(new URL(appUrl).port));
  const DATABASE_URL = Object.assign(new URL(appUrl), { port: String(proxy.port) }).href;
  // An ID token says the tenant by itself, as an access token does where the pool has the trigger for it.
  const settings = { COGNITO_PREFERRED_TOKEN_USE: "id", HOUSEKEEPING_MINUTES: "0" };
  application = await ground.startApplication({ DATABASE_URL, ...settings });
  const { email, password } = await newUser(ground, { tenant: newTenant(), groups: ["admin", "operator"] });
  api = new Api(application.url).bearer((await login(application.url, email, password)).id_token);
});
test.afterAll(async () => {
  await killApplication(application);
  proxy.close();
});

async function flightsOf(ask: () => Promise<Pick<Answer, "status">>): Promise<number> {
  const counted: number[] = [];
  for (let time = 0; time < TIMES; time++) {
    proxy.flights();
    expect((await ask()).status).toBeLessThan(300);
    counted.push(proxy.flights());
  }
  return Math.min(...counted);
}

const reads = FEATURES.flatMap(({ name, operations }) =>
  Object.values(operations)
    .filter((each) => each.method === "GET" && !each.path.includes("{") && each.access !== "public")
    .filter((each) => each.answer.contentType === undefined && !callsCognito(each))
    .map((operation) => ({ feature: name, operation })),
);

test("a read of a tenant's rows is one round trip to the database, as documented", async () => {
  const table: string[] = [];
  for (const { feature, operation } of reads) {
    const flights = await flightsOf(() => api.get(operation.path));
    if (isOfTenant(operation.access)) expect(flights, operation.path).toBe(1);
    if (OF_THE_HOUSE.has(feature)) table.push(`| \`GET ${operation.path}\` | ${flights} |`);
  }
  const shown = readFileSync(README, "utf8").split("## Round trips")[1]?.split("\n## ")[0] ?? "";
  expect(shown.split("\n").filter((line) => line.startsWith("| `"))).toEqual(table);
});

const writesOf = (path: string) =>
  FEATURES.flatMap(({ name, operations }) =>
    Object.values(operations)
      .filter((each) => each.path === path && ["PATCH", "DELETE"].includes(each.method))
      .map(({ method, id }) => ({ feature: name, method, id })),
  );

test("what is made with its entry on the record takes three at the most, and so does reading, changing or deleting it", async () => {
  const creates = CREATES.filter(({ operation }) => !callsCognito(operation));
  for (const { operation, path, body } of creates) {
    const made: string[] = [];
    const create = async (headers = {}) => {
      const answer = await api.post(path, body(), headers);
      made.push(answer.headers.get("location") ?? "");
      return answer;
    };
    expect(await flightsOf(create), `POST ${path}`).toBe(2);
    if (operation.headers?.includes("Idempotency-Key")) {
      const once = () => create({ "Idempotency-Key": randomUUID() });
      expect(await flightsOf(once), `POST ${path}, once`).toBe(3);
    }
    expect(await flightsOf(() => api.get(made[0] ?? "")), `GET ${path}/{id}`).toBe(1);
    for (const { feature, method, id } of writesOf(`${path}/{id}`)) {
      const body = matrixOf(feature).bodies?.[id]?.("");
      const flights = await flightsOf(() => api.send(method, made.pop() ?? "", { json: body }));
      expect(flights, `${method} ${path}/{id}`).toBeLessThanOrEqual(3);
    }
  }
});

test("a page is three: its session, whether that counts, and all that it shows; one more for what is no tenant's", async ({
  ground,
}) => {
  const user = await newUser(ground, { tenant: newTenant(), groups: ["admin"] });
  const headers = { Cookie: await cookieOf(application.url, user) };
  // Of one's own account Cognito is asked.
  for (const path of PAGES.filter((each) => each !== "/account")) {
    const flights = await flightsOf(async () => {
      const page = await fetch(application.url + path, { headers });
      await page.text();
      return page;
    });
    expect(flights, path).toBeLessThanOrEqual(path === HOME ? 3 : 4);
  }
});

test("a token whose sign-in has ended is refused with one round trip, and nothing is read for it", async ({
  ground,
}) => {
  const { email, password } = await newUser(ground, { tenant: newTenant(), groups: ["admin"] });
  const { id_token } = await login(application.url, email, password);
  const ended = new Api(application.url).bearer(id_token);
  expect((await ended.post("/api/user/logout")).status).toBe(200);
  for (const { operation } of reads.filter(({ operation }) => isOfTenant(operation.access))) {
    const counted: number[] = [];
    for (let time = 0; time < TIMES; time++) {
      proxy.flights();
      expect((await ended.get(operation.path)).status, operation.path).toBe(401);
      counted.push(proxy.flights());
    }
    expect(Math.min(...counted), operation.path).toBe(1);
  }
  for (const { path, body } of CREATES) expect((await ended.post(path, body())).status, path).toBe(401);
});
