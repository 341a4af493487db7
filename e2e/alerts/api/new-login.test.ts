import { Alert } from "../../../lib/alerts/contract";
import { Api, login } from "../../support/api";
import { expectProblem } from "../../support/problem";
import { expect, test } from "../../support/test";
import { newTenant, newUser } from "../../support/users";

const TITLE = "New login detected";

test("twenty sign-ins with twenty names of clients are not twenty alerts", async ({ stack, baseURL }) => {
  const user = await newUser(stack, { tenant: newTenant() });
  const api = new Api(baseURL);
  for (let i = 0; i < 20; i++) {
    expect((await api.post("/api/user/login", user, { "User-Agent": `client ${i}` })).status).toBe(200);
  }
  const told = await newLogins(await signedIn(baseURL, user));
  expect(told.map(({ facts }) => facts?.further)).toEqual(["18", undefined, undefined]);
});

test("nobody but the application can say it", async ({ stack, baseURL }) => {
  const user = await newUser(stack, { tenant: newTenant() });
  const api = await signedIn(baseURL, user);
  const [own] = await newLogins(api);
  const { title, detail, notice, facts } = Alert.parse(own);
  const forged = { title, detail, severity: "info" };
  for (const more of [
    { notice },
    { facts },
    { audience: "owner" },
    { source: "Ｓign in" },
    { source: "sign-in" },
  ]) {
    expectProblem(await api.post("/api/alerts", { ...forged, ...more }), 400, "invalid_request");
  }
  const raised = await api.post("/api/alerts", forged);
  expect(raised.body).toMatchObject({ title, detail, notice: null, facts: null, source: "manual" });
});

test("it is for the user and the tenant's administrators, and for no colleague to see or change", async ({
  stack,
  baseURL,
}) => {
  const tenant = newTenant();
  const [owner, colleague, admin, stranger] = await Promise.all([
    newUser(stack, { tenant }),
    newUser(stack, { tenant }),
    newUser(stack, { tenant, groups: ["admin"] }),
    newUser(stack, { tenant: newTenant(), groups: ["admin"] }),
  ]);
  const [alert] = await newLogins(await signedIn(baseURL, owner));
  const path = `/api/alerts/${alert?.id}`;
  for (const user of [colleague, stranger]) {
    const api = await signedIn(baseURL, user);
    expect((await newLogins(api)).map(({ id }) => id)).not.toContain(alert?.id);
    expectProblem(await api.get(path), 404, "not_found");
    expectProblem(await api.patch(path, { status: "resolved" }), 404, "not_found");
  }
  for (const user of [admin, owner]) {
    const api = await signedIn(baseURL, user);
    expect((await newLogins(api)).map(({ id }) => id)).toContain(alert?.id);
    expect((await api.get(path)).body).toEqual(alert);
  }
  const done = await (await signedIn(baseURL, admin)).patch(path, { status: "acknowledged" });
  expect(done.body).toMatchObject({ status: "acknowledged" });
});

async function signedIn(url: string, { email, password }: { email: string; password: string }): Promise<Api> {
  return new Api(url).bearer((await login(url, email, password)).access_token);
}

async function newLogins(api: Api) {
  const all = Alert.array().parse((await api.get("/api/alerts")).body);
  return all.filter(({ title }) => title === TITLE);
}
