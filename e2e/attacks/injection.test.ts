import type { Application } from "../../infra/local/application";
import type { TestDatabase } from "../../infra/local/postgres-database";
import { killApplication } from "../../infra/local/stack";
import { Api, login } from "../support/api";
import { ApiContract, addressOf } from "../support/api-contract";
import { postToNextAuth } from "../support/browser-session";
import { behind } from "../support/database";
import { rowsIn } from "../support/feature-matrix";
import { holdingsOf } from "../support/holdings";
import { expectProblem } from "../support/problem";
import { newDatabase } from "../support/shared-postgres";
import { withoutPostgres } from "../support/skip-reason";
import { sqlTextsOn } from "../support/sql-texts";
import { expect, test } from "../support/test";
import { newTenant, newUser } from "../support/users";

const reason = withoutPostgres();
let database: TestDatabase;
let application: Application;

test.skip(reason !== null, reason ?? "");
test.beforeAll(async ({ ground }) => {
  database = await newDatabase();
  application = await ground.startApplication({ DATABASE_URL: database.appUrl });
});
test.afterAll(() => killApplication(application));

test("SQL in any text is text, on PostgreSQL", async ({ ground }) => {
  const { url } = application;
  const make = async () => {
    const user = await newUser(ground, { tenant: newTenant(), groups: ["admin", "operator"] });
    return { user, api: new Api(url).bearer((await login(url, user.email, user.password)).access_token) };
  };
  const [{ api, user }, other] = await Promise.all([make(), make()]);
  await rowsIn(other.api, "theirs");
  const theirs = await holdingsOf(other.api);
  expect(theirs).toContain(other.user.email);
  const reads = (await ApiContract.of(url)).operations.filter(
    ({ method, security }) => method === "GET" && security.length > 0,
  );
  const searched = new Set<string | undefined>();
  for (const text of sqlTextsOn("members")) {
    // A header has bytes, and shows them as Latin-1.
    const bytes = Buffer.from(text).toString("latin1");
    await postToNextAuth(url, "callback/password", new Map(), user, url, { "User-Agent": bytes });
    const sessions = (await api.get("/api/user/sessions")).body as { user_agent: string }[];
    expect(sessions.map(({ user_agent }) => user_agent)).toContain(bytes);
    await rowsIn(api, text);
    const query = encodeURIComponent(text);
    for (const { path, parameters = [], ...each } of reads) {
      for (const { in: place, name, schema } of parameters) {
        if (place !== "query") continue;
        const address = addressOf({ path, parameters, ...each });
        const answer = await api.get(`${address}?${name}=${query}`);
        // A text is searched for as it is; what has a form or a choice of its own refuses it.
        if (schema?.minLength === 1) {
          expect(answer.status, `${path} ${name} ${text}`).toBe(200);
          searched.add(name);
        } else expectProblem(answer, 400, "invalid_request");
        for (const theirOwn of ["theirs", other.user.email]) expect(answer.text).not.toContain(theirOwn);
      }
      if (path.endsWith("{id}")) {
        expectProblem(await api.get(path.replace("{id}", query)), 404, "not_found");
      }
    }
    expectProblem(await api.get("/api/user/tenant", { "X-Tenant-Id": bytes }), 400, "invalid_tenant");
  }
  for (const name of ["q", "actor", "subject"]) expect(searched).toContain(name);
  expect(await holdingsOf(other.api)).toBe(theirs);
});

test("a fault of ours says nothing of itself to the caller, and the log says all", async ({ ground }) => {
  const { url } = application;
  const { email, password } = await newUser(ground, { tenant: newTenant(), groups: ["admin"] });
  const api = new Api(url).bearer((await login(url, email, password)).access_token);
  await behind(database, "alter table audit_events rename column subject_label to was_label");
  const answers = await Promise.all([
    api.get("/api/audit"),
    api.get("/api/audit?subject=lantern"),
    api.post("/api/members", { email: `lantern@${newTenant()}.example` }),
  ]);
  await behind(database, "alter table audit_events rename column was_label to subject_label");
  for (const answer of answers) {
    expectProblem(answer, 500, "internal");
    expect(answer.text).not.toMatch(/select|insert|column|label|postgres|drizzle|node_modules|at \w+ \(/i);
    expect(application.output()).toContain(String(answer.headers.get("x-request-id")));
  }
  expect(application.output()).toMatch(/column .*subject_label.* does not exist/);
  expect((await api.get("/api/audit")).status).toBe(200);
});
