import { Alert } from "../../lib/alerts/contract";
import { Item } from "../../lib/items/contract";
import { Api, login, Tokens } from "../support/api";
import { cookieHeader, cookieOf, openSession } from "../support/browser-session";
import { expectProblem, withoutRequestId } from "../support/problem";
import { expect, test } from "../support/test";
import { newMember, newTenant, newUser } from "../support/users";
import { nextPage } from "../support/write-stream";

const UNKNOWN_ID = "01900000-0000-7000-8000-000000000000";

test.describe("a script with a bearer token", () => {
  test("signs in, creates, reads, changes and deletes an item, and signs out", async ({ stack }) => {
    const api = await newMember(stack);
    const created = await api.post("/api/items", { name: "Lantern", description: "Paper" });
    const item = Item.parse(created.body);
    expect(created.status).toBe(201);
    expect(created.headers.get("location")).toBe(`/api/items/${item.id}`);
    expect(created.headers.get("etag")).toBe('"1"');

    const read = await api.get(`/api/items/${item.id}`);
    expect(read.body).toEqual(item);
    expect(read.headers.get("etag")).toBe('"1"');

    const changed = await api.patch(`/api/items/${item.id}`, { name: "Gate" }, { "If-Match": '"1"' });
    expect(Item.parse(changed.body)).toMatchObject({ name: "Gate", description: "Paper", version: 2 });
    expect(changed.headers.get("etag")).toBe('"2"');

    expect((await api.delete(`/api/items/${item.id}`, { "If-Match": '"2"' })).status).toBe(204);
    expectProblem(await api.get(`/api/items/${item.id}`), 404, "not_found");

    expect((await api.post("/api/user/logout")).body).toEqual({ ok: true });
    expectProblem(await api.get("/api/items"), 401, "invalid_token");
  });

  test("gets the same with and without a trailing slash, and is never redirected", async ({ stack }) => {
    const api = await newMember(stack);
    const { body } = await api.post("/api/items", { name: "Lantern" });
    for (const path of [
      "/api/items",
      `/api/items/${Item.parse(body).id}`,
      "/api/user/me",
      "/api/alerts",
      "/api/health",
    ]) {
      const [plain, slashed] = [await api.get(path), await api.get(`${path}/`)];
      expect(plain.status, path).toBe(200);
      expect(withoutRequestId(slashed), path).toEqual(withoutRequestId(plain));
    }
    expect((await api.post("/api/items/", { name: "Gate" })).status).toBe(201);
  });

  test("learns who it is and which tenant it is in", async ({ stack }) => {
    const tenant = newTenant();
    const api = await newMember(stack, { tenant });
    const { body } = await api.get("/api/user/me");
    expect(body).toMatchObject({
      sub: expect.any(String),
      username: expect.any(String),
      email: null,
      token_use: "access",
    });
    expect((await api.get("/api/user/tenant")).body).toEqual({
      tenant_id: tenant,
      token_use: "access",
      mode: "header",
    });
  });

  test("gets new tokens for its refresh token, and they work", async ({ stack, baseURL }) => {
    const user = await newUser(stack, { tenant: newTenant() });
    const { refresh_token, access_token } = await login(baseURL, user.email, user.password);
    const answer = await new Api(baseURL).post("/api/user/refresh", { refresh_token });
    const renewed = Tokens.partial({ refresh_token: true }).parse(answer.body);
    expect(renewed.access_token).not.toBe(access_token);
    expect((await new Api(baseURL).bearer(renewed.access_token).get("/api/items")).status).toBe(200);
    expectProblem(
      await new Api(baseURL).post("/api/user/refresh", { refresh_token: "x" }),
      401,
      "session_ended",
    );
  });

  test("sees its own list newest first and pages through it by Link rel=next", async ({ stack }) => {
    const api = await newMember(stack);
    const names = Array.from({ length: 7 }, (_, index) => `Item ${index}`);
    for (const name of names) await api.post("/api/items", { name });

    const pages: string[][] = [];
    let path: string | undefined = "/api/items/?limit=3";
    while (path) {
      const answer = await api.get(path);
      pages.push(
        Item.array()
          .parse(answer.body)
          .map(({ name }) => name),
      );
      path = nextPage(answer);
    }
    expect(pages).toEqual([["Item 6", "Item 5", "Item 4"], ["Item 3", "Item 2", "Item 1"], ["Item 0"]]);
  });

  test("may not carry a cursor to another tenant, another list, or make one up", async ({ stack }) => {
    const [api, foreign] = await Promise.all([newMember(stack), newMember(stack)]);
    await api.post("/api/items", { name: "First" });
    await api.post("/api/items", { name: "Second" });
    const link = (await api.get("/api/items?limit=1")).headers.get("link") ?? "";
    const cursor = new URLSearchParams(/\?([^>]+)>/.exec(link)?.[1]).get("cursor") ?? "";
    expect((await api.get(`/api/items?cursor=${cursor}`)).status).toBe(200);

    expectProblem(await foreign.get(`/api/items?cursor=${cursor}`), 400, "invalid_request");
    expectProblem(await api.get(`/api/alerts?cursor=${cursor}`), 400, "invalid_request");
    for (const made of ["x", "x.y", "", "a".repeat(201), `${cursor}x`, `A${cursor}`, "%00"]) {
      expectProblem(await api.get(`/api/items?cursor=${made}`), 400, "invalid_request");
    }
  });

  test("is refused a page size that is not from 1 to 100, and a parameter that does not exist", async ({
    stack,
  }) => {
    const api = await newMember(stack);
    for (const limit of ["0", "-1", "101", "1e9", "NaN", "1.5", "x", ""]) {
      expectProblem(await api.get(`/api/items?limit=${limit}`), 400, "invalid_request");
    }
    expectProblem(await api.get("/api/items?tenant_id=globex"), 400, "invalid_request");
    expect((await api.get("/api/items?limit=100")).status).toBe(200);
  });
});

test.describe("writing to an item that somebody else changed", () => {
  test("is refused with 412 when the ETag is not the current one, and changes nothing", async ({ stack }) => {
    const api = await newMember(stack);
    const { id } = Item.parse((await api.post("/api/items", { name: "Lantern" })).body);
    const path = `/api/items/${id}`;
    await api.patch(path, { name: "Changed meanwhile" });

    for (const etag of ['"1"', '"3"', "1", 'W/"2"', '"x"']) {
      const header = { "If-Match": etag };
      expectProblem(await api.patch(path, { name: "Late" }, header), 412, "precondition_failed");
      expectProblem(await api.delete(path, header), 412, "precondition_failed");
    }
    expect((await api.get(path)).body).toMatchObject({ name: "Changed meanwhile", version: 2 });
    expect((await api.patch(path, { name: "In time" }, { "If-Match": "*" })).status).toBe(200);
  });

  test("or creates under a condition that does not hold, and makes nothing", async ({ stack }) => {
    const api = await newMember(stack, { groups: ["admin"] });
    const email = `${crypto.randomUUID()}@people.example`;
    const creates = {
      items: { name: "Lantern" },
      alerts: { title: "Smoke" },
      members: { email, role: "viewer" },
    };
    for (const [list, body] of Object.entries(creates)) {
      const before = (await api.get(`/api/${list}`)).body;
      for (const header of [{ "If-None-Match": "*" }, { "If-Match": '"1"' }])
        expectProblem(await api.post(`/api/${list}`, body, header), 412, "precondition_failed");
      expect((await api.get(`/api/${list}`)).body, list).toEqual(before);
      expect((await api.post(`/api/${list}`, body, { "If-Match": "*" })).status, list).toBe(201);
    }
  });

  test("is refused as well when it was deleted, and it stays deleted", async ({ stack }) => {
    const api = await newMember(stack);
    const { id } = Item.parse((await api.post("/api/items", { name: "Lantern" })).body);
    const path = `/api/items/${id}`;
    await api.delete(path);
    const restore = (etag: string) => api.post(`${path}/restore`, undefined, { "If-Match": etag });
    expectProblem(await restore('"2"'), 412, "precondition_failed");
    expectProblem(await api.get(path), 404, "not_found");
    expect((await restore('"1"')).headers.get("etag")).toBe('"1"');
  });

  test("lets exactly one of twenty writers with the same ETag win", async ({ stack }) => {
    const api = await newMember(stack);
    const { id } = Item.parse((await api.post("/api/items", { name: "Lantern" })).body);
    const writers = Array.from({ length: 20 }, (_, writer) =>
      api.patch(`/api/items/${id}`, { name: `Writer ${writer}` }, { "If-Match": '"1"' }),
    );
    const statuses = (await Promise.all(writers)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(statuses.filter((status) => status === 412)).toHaveLength(19);
  });
});

test.describe("roles", () => {
  test("a viewer reads everything and writes nothing", async ({ stack }) => {
    const tenant = newTenant();
    const owner = await newMember(stack, { tenant });
    const item = Item.parse((await owner.post("/api/items", { name: "Lantern" })).body);
    const alert = Alert.parse((await owner.post("/api/alerts", { title: "Smoke" })).body);

    const api = await newMember(stack, { tenant, groups: ["viewer"] });
    for (const path of ["/api/items", "/api/alerts", `/api/items/${item.id}`, `/api/alerts/${alert.id}`]) {
      expect((await api.get(path)).status, path).toBe(200);
    }
    expectProblem(await api.post("/api/items", { name: "x" }), 403, "forbidden");
    expectProblem(await api.patch(`/api/items/${item.id}`, { name: "x" }), 403, "forbidden");
    expectProblem(await api.delete(`/api/items/${item.id}`), 403, "forbidden");
    expectProblem(await api.post("/api/alerts", { title: "x" }), 403, "forbidden");
    expectProblem(await api.patch(`/api/alerts/${alert.id}`, { status: "resolved" }), 403, "forbidden");
    expect((await owner.get(`/api/items/${item.id}`)).body).toEqual(item);
    expect((await owner.get(`/api/alerts/${alert.id}`)).body).toEqual(alert);
  });

  test("a member changes but does not delete what a colleague owns; an admin does both", async ({
    stack,
  }) => {
    const tenant = newTenant();
    const [owner, member, admin] = await Promise.all([
      newMember(stack, { tenant }),
      newMember(stack, { tenant }),
      newMember(stack, { tenant, groups: ["admin"] }),
    ]);
    const { id } = Item.parse((await owner.post("/api/items", { name: "Lantern" })).body);
    expect((await member.patch(`/api/items/${id}`, { name: "Ours" })).status).toBe(200);
    expectProblem(await member.delete(`/api/items/${id}`), 403, "forbidden");
    expect((await owner.get(`/api/items/${id}`)).status).toBe(200);
    expect((await admin.delete(`/api/items/${id}`)).status).toBe(204);
  });
});

test.describe("alerts", () => {
  test("are raised open, listed by status and severity, and only move forward", async ({ stack }) => {
    const api = await newMember(stack);
    const raised = await api.post("/api/alerts", {
      title: "Smoke",
      severity: "critical",
      detail: "Gate 2",
      source: "sensor",
    });
    const alert = Alert.parse(raised.body);
    expect(raised.status).toBe(201);
    expect(raised.headers.get("location")).toBe(`/api/alerts/${alert.id}`);
    expect(alert).toMatchObject({
      title: "Smoke",
      severity: "critical",
      status: "open",
      detail: "Gate 2",
      source: "sensor",
    });
    const path = `/api/alerts/${alert.id}`;

    expect((await api.patch(path, { status: "acknowledged" })).body).toMatchObject({
      status: "acknowledged",
    });
    expectProblem(await api.patch(path, { status: "open" }), 409, "conflict");
    expect((await api.patch(path, { status: "acknowledged" })).status).toBe(200);
    expect((await api.patch(path, { status: "resolved" })).body).toMatchObject({ status: "resolved" });
    for (const status of ["open", "acknowledged"]) {
      expectProblem(await api.patch(path, { status }), 409, "conflict");
    }
    expect((await api.get(path)).body).toMatchObject({ status: "resolved" });

    const other = Alert.parse((await api.post("/api/alerts", { title: "Noise" })).body);
    expect(other).toMatchObject({ severity: "info", source: "manual", detail: "" });
    const ids = async (query: string) =>
      Alert.array()
        .parse((await api.get(`/api/alerts${query}`)).body)
        .filter(({ source }) => source !== "sign-in")
        .map(({ id }) => id);
    expect(await ids("")).toEqual([other.id, alert.id]);
    expect(await ids("?status=open")).toEqual([other.id]);
    expect(await ids("?status=resolved&severity=critical")).toEqual([alert.id]);
    expect(await ids("?status=resolved&severity=info")).toEqual([]);
    expectProblem(await api.get("/api/alerts?status=gone"), 400, "invalid_request");
  });

  test("keep their filter from page to page", async ({ stack }) => {
    const api = await newMember(stack);
    for (const severity of ["critical", "info", "critical", "info", "critical"]) {
      await api.post("/api/alerts", { title: severity, severity });
    }
    const first = await api.get("/api/alerts?severity=critical&limit=2");
    const next = /^<([^>]+)>/.exec(first.headers.get("link") ?? "")?.[1] ?? "";
    const second = await api.get(next);
    expect(
      Alert.array()
        .parse(second.body)
        .map(({ severity }) => severity),
    ).toEqual(["critical"]);
    expect(second.headers.get("link")).toBeNull();
  });
});

test.describe("a user whose password is temporary", () => {
  test("chooses a new one by JSON and then works with the tokens", async ({ stack, baseURL }) => {
    const { email, password } = await newUser(stack, { tenant: newTenant(), temporary: true });
    const api = new Api(baseURL);
    const asked = await api.post("/api/user/login", { email, password });
    expect(asked.body).toMatchObject({ challenge: "NEW_PASSWORD_REQUIRED", session: expect.any(String) });
    const { session } = asked.body as { session: string };

    const weak = await api.post("/api/user/new-password", { email, session, new_password: "short" });
    expect(expectProblem(weak, 400, "password_rejected").errors?.[0]?.field).toBe("new_password");

    const chosen = `Chosen-${crypto.randomUUID()}`;
    const answer = await api.post("/api/user/new-password", { email, session, new_password: chosen });
    const tokens = Tokens.parse(answer.body);
    expect((await api.bearer(tokens.access_token).get("/api/items")).status).toBe(200);

    const again = await api.post("/api/user/new-password", { email, session, new_password: `${chosen}2` });
    expectProblem(again, 401, "challenge_expired");
    expectProblem(await api.post("/api/user/login", { email, password }), 401, "invalid_credentials");
    await login(baseURL, email, chosen);
  });

  test("cannot lend the step to somebody else", async ({ stack, baseURL }) => {
    const [fresh, other] = await Promise.all([
      newUser(stack, { tenant: newTenant(), temporary: true }),
      newUser(stack, { tenant: newTenant(), temporary: true }),
    ]);
    const api = new Api(baseURL);
    const { session } = (await api.post("/api/user/login", fresh)).body as { session: string };
    const answer = { email: other.email, session, new_password: `Chosen-${crypto.randomUUID()}` };
    expectProblem(await api.post("/api/user/new-password", answer), 401, "challenge_expired");
    const made = { email: fresh.email, session: "x".repeat(40), new_password: answer.new_password };
    expectProblem(await api.post("/api/user/new-password", made), 401, "challenge_expired");
  });
});

test.describe("signing out", () => {
  test("refuses at once every token and browser session the user had, and lets them sign in again", async ({
    stack,
    baseURL,
  }) => {
    const { email, password } = await newUser(stack, { tenant: newTenant() });
    const [first, second] = [await login(baseURL, email, password), await login(baseURL, email, password)];
    const cookies = await openSession(baseURL, email, password);
    const api = new Api(baseURL);
    const browser = api.with({ Cookie: cookieHeader(cookies) });
    expect((await browser.get("/api/items")).status).toBe(200);

    expect((await api.bearer(first.access_token).post("/api/user/logout")).status).toBe(200);

    for (const { access_token, refresh_token } of [first, second]) {
      expectProblem(await api.bearer(access_token).get("/api/items"), 401, "invalid_token");
      expectProblem(await api.bearer(access_token).post("/api/user/logout"), 401, "invalid_token");
      expectProblem(await api.post("/api/user/refresh", { refresh_token }), 401, "session_ended");
    }
    expectProblem(await browser.get("/api/items"), 401, "session_ended");

    const fresh = await login(baseURL, email, password);
    expect((await api.bearer(fresh.access_token).get("/api/items")).status).toBe(200);
    const reopened = await openSession(baseURL, email, password);
    expect((await api.with({ Cookie: cookieHeader(reopened) }).get("/api/items")).status).toBe(200);
  });

  test("of one user leaves every other user in", async ({ stack }) => {
    const [leaving, staying] = await Promise.all([newMember(stack), newMember(stack)]);
    await leaving.post("/api/user/logout");
    expect((await staying.get("/api/items")).status).toBe(200);
  });
});

test.describe("refusing a sign-in", () => {
  test("says the same, byte for byte, for a wrong password, an unknown user and a disabled one", async ({
    stack,
    baseURL,
  }) => {
    const [known, disabled] = await Promise.all([
      newUser(stack, { tenant: newTenant() }),
      newUser(stack, { tenant: newTenant(), disabled: true }),
    ]);
    const api = new Api(baseURL);
    const wrong = await api.post("/api/user/login", { email: known.email, password: "Wr0ng!password" });
    expectProblem(wrong, 401, "invalid_credentials");
    const others = [
      { email: "nobody-knows@acme.example", password: "Wr0ng!password" },
      { email: disabled.email, password: disabled.password },
      { email: disabled.email, password: "Wr0ng!password" },
    ];
    for (const credentials of others) {
      expect(withoutRequestId(await api.post("/api/user/login", credentials))).toEqual(
        withoutRequestId(wrong),
      );
    }
    await login(baseURL, known.email, known.password);
  });
});

test.describe("a browser's session cookie", () => {
  test("reads, but writes only from a page of the same origin", async ({ stack, baseURL }) => {
    const user = await newUser(stack, { tenant: newTenant() });
    const cookie = { Cookie: await cookieOf(baseURL, user) };
    const api = new Api(baseURL).with(cookie);
    expect((await api.get("/api/items")).status).toBe(200);
    expectProblem(await api.post("/api/items", { name: "x" }), 403, "cross_origin");
    for (const Origin of [
      "null",
      "https://evil.example",
      baseURL.replace("http:", "https:"),
      `${baseURL}.evil.example`,
    ]) {
      expectProblem(await api.post("/api/items", { name: "x" }, { Origin }), 403, "cross_origin");
      expectProblem(await api.post("/api/user/logout", undefined, { Origin }), 403, "cross_origin");
    }
    const sibling = { Origin: baseURL, "Sec-Fetch-Site": "same-site" };
    expectProblem(await api.post("/api/items", { name: "x" }, sibling), 403, "cross_origin");
    expect((await api.post("/api/items", { name: "x" }, { Origin: baseURL })).status).toBe(201);
  });

  test("is not looked at when an Authorization header came, however bad", async ({ stack, baseURL }) => {
    const user = await newUser(stack, { tenant: newTenant() });
    const api = new Api(baseURL).with({ Cookie: await cookieOf(baseURL, user) });
    for (const Authorization of ["", "Bearer", "Bearer x.y.z", "Basic eDp5", "bearer  ", "Bearer a b"]) {
      expectProblem(await api.get("/api/items", { Authorization }), 401, "invalid_token");
    }
  });
});

test("every answer of the API has a request id of its own and is kept by no cache", async ({
  stack,
  baseURL,
}) => {
  const open = new Api(baseURL);
  const api = await newMember(stack);
  const answers = await Promise.all([
    api.get("/api/items"),
    api.get("/api/user/me"),
    api.get("/api/user/tenant"),
    api.get("/api/alerts"),
    api.post("/api/items", { name: "Lantern" }),
    api.post("/api/alerts", { title: "Smoke" }),
    api.get("/api/health"),
    open.get("/api/items"),
    open.post("/api/items", {}),
    open.post("/api/user/login", {}),
    open.post("/api/user/refresh", { refresh_token: "x" }),
    open.post("/api/user/logout", undefined, { Origin: baseURL }),
    api.get(`/api/items/${UNKNOWN_ID}`),
  ]);
  for (const { headers, status } of answers) {
    expect(headers.get("cache-control"), String(status)).toContain("no-store");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("x-powered-by")).toBeNull();
  }
  const ids = answers.map(({ headers }) => headers.get("x-request-id"));
  expect(new Set(ids).size).toBe(answers.length);
  expect(ids).not.toContain(null);
});

test("no credentials, bad ones and ones of the wrong kind are each told how to do better", async ({
  baseURL,
}) => {
  const api = new Api(baseURL);
  const { id_token } = await login(baseURL, "bob@acme.example");
  const none = await api.get("/api/items");
  expectProblem(none, 401, "missing_token");
  expect(none.headers.get("www-authenticate")).toBe('Bearer realm="sekisho"');

  const bad = await api.bearer("x").get("/api/items");
  expectProblem(bad, 401, "invalid_token");
  expect(bad.headers.get("www-authenticate")).toContain('error="invalid_token"');

  const wrongKind = await api.bearer(id_token).get("/api/items");
  expect(expectProblem(wrongKind, 401, "wrong_token_use").detail).toBe("Send the access token.");
});
