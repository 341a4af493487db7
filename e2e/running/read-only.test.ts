import type { Application } from "../../infra/local/application";
import type { TestDatabase } from "../../infra/local/postgres-database";
import { killApplication } from "../../infra/local/stack";
import { AuditEvent } from "../../lib/audit/contract";
import { Api, login } from "../support/api";
import { cookieHeader, openSession } from "../support/browser-session";
import { cookiesAt } from "../support/cookie-name";
import { behind } from "../support/database";
import { expectProblem } from "../support/problem";
import { newDatabase } from "../support/shared-postgres";
import { withoutPostgres } from "../support/skip-reason";
import { expect, test } from "../support/test";
import { newInvitation, newTenant, newUser } from "../support/users";

const reason = withoutPostgres();

test.skip(reason !== null, reason ?? "");

let database: TestDatabase;
let one: Application;
let other: Application;
test.beforeAll(async ({ ground }) => {
  database = await newDatabase();
  const environment = { DATABASE_URL: database.appUrl, TENANT_STRICT: "0" };
  [one, other] = await Promise.all([
    ground.startApplication(environment),
    ground.startApplication(environment),
  ]);
});
test.afterAll(async () => {
  await Promise.all([one, other].map(killApplication));
});

/** For the superuser, who arranges it and whom it binds too. */
const WRITING = "set transaction read write";

/** As during a failover to a replica: connections end, and new ones may only read. */
async function readOnly(is: "on" | "off"): Promise<void> {
  const change = `alter database "${database.name}" set default_transaction_read_only = ${is}`;
  await behind(database, `${WRITING}; ${change}`);
  const end = "select pg_terminate_backend(pid, 5000) from pg_stat_activity";
  await behind(database, `${end} where datname = $1 and application_name = 'sekisho'`, [database.name]);
}

/** Gives the tokens of every session this long to live, by the database's clock. */
const tokensExpireIn = (seconds: number) =>
  behind(
    database,
    `${WRITING}; update sessions set tokens_expire_at = now() + interval '${seconds} seconds'`,
  );

test("while the database can only be read, both instances serve what is read, refuse as always, and say when to write", async ({
  ground,
}) => {
  const [tenant, foreign] = [newTenant(), newTenant()];
  const user = await newUser(ground, { tenant, groups: ["admin"] });
  const admins = await Promise.all(
    [tenant, foreign].map(async (each) => {
      const { email, password } = await newUser(ground, { tenant: each, groups: ["admin"] });
      return new Api(one.url).bearer((await login(one.url, email, password)).access_token);
    }),
  );
  const staff = await newUser(ground, { tenant: newTenant(), groups: ["operator"] });
  const { access_token } = await login(one.url, staff.email, staff.password);
  const cookies = await openSession(one.url, user.email, user.password);
  const browserAt = (url: string) =>
    new Api(url).with({ Cookie: cookieHeader(cookiesAt(url, cookies)), Origin: url });
  const elsewhere = { "X-Tenant-Id": foreign };
  const recorded = async (admin: Api | undefined, action: string) =>
    AuditEvent.array()
      .parse((await admin?.get(`/api/audit?action=${action}`))?.body)
      .map(({ actor }) => actor?.name);
  await tokensExpireIn(40);

  await readOnly("on");
  for (const { url } of [one, other]) {
    const browser = browserAt(url);
    expect((await browser.get("/api/user/tenant")).status).toBe(200);
    expectProblem(await browser.post("/api/members", newInvitation()), 503, "database_unavailable");
    expectProblem(await browser.get("/api/user/tenant", elsewhere), 403, "tenant_mismatch");
    const operator = new Api(url).bearer(access_token);
    expect((await operator.get("/api/user/tenant")).status).toBe(200);
    expectProblem(await operator.get("/api/user/tenant", elsewhere), 503, "database_unavailable");
  }
  await tokensExpireIn(-1);
  for (const { url } of [one, other]) {
    expectProblem(await browserAt(url).get("/api/user/tenant"), 503, "database_unavailable");
  }

  await readOnly("off");
  for (const { url } of [one, other]) {
    expect((await browserAt(url).post("/api/members", newInvitation())).status).toBe(201);
    expect((await new Api(url).bearer(access_token).get("/api/user/tenant", elsewhere)).status).toBe(200);
  }
  // Each instance has its own to catch up with; the second finds that it is on record.
  await expect.poll(() => recorded(admins[0], "tenant.mismatch")).toEqual([user.email]);
  expect(await recorded(admins[1], "tenant.operator_entered")).toEqual([staff.email, staff.email]);
});
