import { Alert } from "../../../lib/alerts/contract";
import { Api, login } from "../../support/api";
import { apiOf } from "../../support/person";
import { expectProblem } from "../../support/problem";
import { expect, test } from "../../support/test";
import { newTenant, newUser } from "../../support/users";

test("twenty sign-ins with twenty names of clients are no alert, not for the administrators either", async ({
  stack,
  baseURL,
}) => {
  const tenant = newTenant();
  const user = await newUser(stack, { tenant });
  const api = new Api(baseURL);
  for (let i = 0; i < 20; i++) {
    expect((await api.post("/api/user/login", user, { "User-Agent": `client ${i}` })).status).toBe(200);
  }
  for (const reader of [user, await newUser(stack, { tenant, groups: ["admin"] })])
    expect((await (await apiOf(stack, reader)).get("/api/alerts")).body).toEqual([]);
});

test("what the application tells of an account is for its owner, and for nobody else to see or to say", async ({
  stack,
  baseURL,
}) => {
  const tenant = newTenant();
  const owner = await newUser(stack, { tenant });
  const new_password = "Chosen-Passw0rd!";
  const change = { old_password: owner.password, new_password };
  expect((await (await apiOf(stack, owner)).post("/api/user/change-password", change)).status).toBe(200);
  const api = new Api(baseURL).bearer((await login(baseURL, owner.email, new_password)).access_token);
  const [told] = Alert.array().parse((await api.get("/api/alerts")).body);
  expect(told).toMatchObject({ notice: "password_changed", source: "account" });
  const path = `/api/alerts/${told?.id}`;
  for (const other of [
    { tenant },
    { tenant, groups: ["admin"] },
    { tenant: newTenant(), groups: ["admin"] },
  ]) {
    const theirs = await apiOf(stack, await newUser(stack, other));
    expect((await theirs.get("/api/alerts")).body).toEqual([]);
    expectProblem(await theirs.get(path), 404, "not_found");
    expectProblem(await theirs.patch(path, { status: "resolved" }), 404, "not_found");
  }
  const { title, detail, notice, facts } = Alert.parse(told);
  const forged = { title, detail, severity: "warning" };
  for (const more of [
    { notice },
    { facts },
    { audience: "self" },
    { source: "Ａccount" },
    { source: "account" },
    { source: "sign-in" },
  ]) {
    expectProblem(await api.post("/api/alerts", { ...forged, ...more }), 400, "invalid_request");
  }
  const raised = await api.post("/api/alerts", forged);
  expect(raised.body).toMatchObject({ title, detail, notice: null, facts: null, source: "manual" });
  expect((await api.patch(path, { status: "acknowledged" })).body).toMatchObject({ status: "acknowledged" });
});
