import type { Application } from "../../infra/local/application";
import type { TestDatabase } from "../../infra/local/postgres-database";
import { killApplication } from "../../infra/local/stack";
import { Alert } from "../../lib/alerts/contract";
import { Item } from "../../lib/items/contract";
import { Api, login } from "../support/api";
import { behind } from "../support/database";
import { expectProblem } from "../support/problem";
import { newDatabase } from "../support/shared-postgres";
import { withoutPostgres } from "../support/skip-reason";
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

const STATEMENTS = [
  "' or 1=1--",
  "'; reset role; select * from items--",
  "'; set role postgres--",
  "x'); drop table items;--",
  "$1",
  "$tag$; delete from items; $tag$",
  "\\'; truncate items;--",
  "' union select * from sessions--",
  "%' or tenant_id <> '",
  "_%",
  "\u02bc or 1=1",
];

test("SQL in any text is text, on PostgreSQL", async ({ ground }) => {
  const { url } = application;
  const make = async () => {
    const { email, password } = await newUser(ground, { tenant: newTenant(), groups: ["admin"] });
    return new Api(url).bearer((await login(url, email, password)).access_token);
  };
  const [api, other] = await Promise.all([make(), make()]);
  await other.post("/api/items", { name: "theirs" });
  for (const text of STATEMENTS) {
    const item = Item.parse((await api.post("/api/items", { name: text, description: text })).body);
    expect(item).toMatchObject({ name: text, description: text });
    const changed = await api.patch(`/api/items/${item.id}`, { description: `${text}!` });
    expect(Item.parse(changed.body).description).toBe(`${text}!`);
    const alert = Alert.parse((await api.post("/api/alerts", { title: text, source: text })).body);
    expect(alert).toMatchObject({ title: text, source: text });
    const query = encodeURIComponent(text);
    for (const name of ["contains", "starts_with"]) {
      const found = await api.get(`/api/items?${name}=${query}`);
      expect(Item.array().parse(found.body), `${name} ${text}`).toContainEqual(changed.body);
      expect(found.text).not.toContain("theirs");
    }
    for (const path of [
      `/api/items?limit=${query}`,
      `/api/items?cursor=${query}`,
      `/api/alerts?status=${query}`,
      `/api/alerts?severity=${query}`,
    ]) {
      expectProblem(await api.get(path), 400, "invalid_request");
    }
    for (const path of [`/api/items/${query}`, `/api/alerts/${query}`]) {
      expectProblem(await api.get(path), 404, "not_found");
    }
    expect(
      (await api.get("/api/items", { "X-Tenant-Id": Buffer.from(text).toString("latin1") })).status,
    ).toBe(400);
  }
  const [{ n } = { n: 0 }] = await behind<{ n: number }>(database, "select count(*)::int as n from items");
  expect(n).toBe(STATEMENTS.length + 1);
});

test("a fault of ours says nothing of itself to the caller, and the log says all", async ({ ground }) => {
  const { url } = application;
  const { email, password } = await newUser(ground, { tenant: newTenant(), groups: ["admin"] });
  const api = new Api(url).bearer((await login(url, email, password)).access_token);
  await behind(database, "alter table items rename column description to was_description");
  const answers = await Promise.all([
    api.get("/api/items"),
    api.post("/api/items", { name: "Lantern" }),
    api.get("/api/items/01900000-0000-7000-8000-000000000000"),
  ]);
  await behind(database, "alter table items rename column was_description to description");
  for (const answer of answers) {
    expectProblem(answer, 500, "internal");
    expect(answer.text).not.toMatch(
      /select|insert|column|description|postgres|drizzle|node_modules|at \w+ \(/i,
    );
    expect(application.output()).toContain(String(answer.headers.get("x-request-id")));
  }
  expect(application.output()).toMatch(/column .*description.* does not exist/);
  expect((await api.get("/api/items")).status).toBe(200);
});
