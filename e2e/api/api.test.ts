import { Api, login, Tokens } from "../support/api";
import { UNKNOWN_ID } from "../support/api-contract";
import { cookieHeader, cookieOf, openSession } from "../support/browser-session";
import { addressOfRow, rowsIn, UNKNOWN_ROW } from "../support/feature-matrix";
import { holdingsOf } from "../support/holdings";
import { matrixOf, nameOf, targets } from "../support/matrix";
import { expectProblem, withoutRequestId } from "../support/problem";
import { expect, test } from "../support/test";
import { newInvitation, newMember, newTenant, newUser } from "../support/users";

test.describe("a script with a bearer token", () => {
  test("gets the same with and without a trailing slash, and is never redirected", async ({ stack }) => {
    const api = await newMember(stack, { groups: ["admin"] });
    const { sub } = (await api.get("/api/user/me")).body as { sub: string };
    // What is written a moment after a sign-in is not to come between the two.
    await holdingsOf(api);
    for (const path of ["/api/user/me", "/api/members", `/api/members/${sub}`, "/api/audit", "/api/health"]) {
      const [plain, slashed] = [await api.get(path), await api.get(`${path}/`)];
      expect(plain.status, path).toBe(200);
      expect(withoutRequestId(slashed), path).toEqual(withoutRequestId(plain));
    }
    expect((await api.post("/api/members/", newInvitation())).status).toBe(201);
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
    expect((await new Api(baseURL).bearer(renewed.access_token).get("/api/user/me")).status).toBe(200);
    expectProblem(
      await new Api(baseURL).post("/api/user/refresh", { refresh_token: "x" }),
      401,
      "session_ended",
    );
  });

  test("may not carry a cursor to another tenant, another list, or make one up", async ({ stack }) => {
    const [api, foreign] = [
      await newMember(stack, { groups: ["admin"] }),
      await newMember(stack, { groups: ["admin"] }),
    ];
    await api.post("/api/members", newInvitation());
    const link = (await api.get("/api/members?limit=1")).headers.get("link") ?? "";
    const cursor = new URLSearchParams(/\?([^>]+)>/.exec(link)?.[1]).get("cursor") ?? "";
    expect((await api.get(`/api/members?cursor=${cursor}`)).status).toBe(200);

    expectProblem(await foreign.get(`/api/members?cursor=${cursor}`), 400, "invalid_request");
    expectProblem(await api.get(`/api/audit?cursor=${cursor}`), 400, "invalid_request");
    for (const made of ["x", "x.y", "", "a".repeat(201), `${cursor}x`, `A${cursor}`, "%00"]) {
      expectProblem(await api.get(`/api/members?cursor=${made}`), 400, "invalid_request");
    }
  });
});

for (const groups of [["viewer"], []]) {
  test(`who is ${groups[0] ?? "in no group"} reads what the others made, and writes nothing`, async ({
    stack,
  }) => {
    const tenant = newTenant();
    const owner = await newMember(stack, { tenant, groups: ["admin"] });
    const rows = await rowsIn(owner, "Lantern");
    const api = await newMember(stack, { tenant, groups });
    const before = await holdingsOf(owner);
    const tries = targets().flatMap(({ operation, feature }) => (operation ? [{ operation, feature }] : []));
    for (const { operation, feature } of tries) {
      const { method, id } = operation;
      const row = rows.get(feature) ?? UNKNOWN_ROW;
      const json = matrixOf(feature).bodies?.[id]?.(row.id);
      const answer = await api.send(method, addressOfRow(operation.path, row), { json });
      const mayRead = method === "GET" && matrixOf(feature).may.viewer?.includes(nameOf(operation));
      if (mayRead) expect(answer.status, id).toBe(200);
      else expectProblem(answer, 403, "forbidden");
    }
    expect(await holdingsOf(owner)).toBe(before);
  });
}

test.describe("a user whose password is temporary", () => {
  test("chooses a new one by JSON and then works with the tokens", async ({ stack, baseURL }) => {
    const { email, password } = await newUser(stack, { tenant: newTenant(), temporary: true });
    const api = new Api(baseURL);
    const asked = await api.post("/api/user/login", { email, password });
    expect(asked.body).toMatchObject({ challenge: "NEW_PASSWORD_REQUIRED", session: expect.any(String) });
    const { session } = asked.body as { session: string };

    const weak = await api.post("/api/user/new-password", { email, session, new_password: "short" });
    expect(expectProblem(weak, 400, "password_rejected").errors).toMatchObject([
      { field: "new_password", code: "password_short" },
    ]);

    const chosen = `Chosen-${crypto.randomUUID()}`;
    const answer = await api.post("/api/user/new-password", { email, session, new_password: chosen });
    const tokens = Tokens.parse(answer.body);
    expect((await api.bearer(tokens.access_token).get("/api/user/me")).status).toBe(200);

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
    expect((await browser.get("/api/user/me")).status).toBe(200);

    expect((await api.bearer(first.access_token).post("/api/user/logout")).status).toBe(200);

    for (const { access_token, refresh_token } of [first, second]) {
      expectProblem(await api.bearer(access_token).get("/api/user/me"), 401, "invalid_token");
      expectProblem(await api.bearer(access_token).post("/api/user/logout"), 401, "invalid_token");
      expectProblem(await api.post("/api/user/refresh", { refresh_token }), 401, "session_ended");
    }
    expectProblem(await browser.get("/api/user/me"), 401, "session_ended");

    const fresh = await login(baseURL, email, password);
    expect((await api.bearer(fresh.access_token).get("/api/user/me")).status).toBe(200);
    const reopened = await openSession(baseURL, email, password);
    expect((await api.with({ Cookie: cookieHeader(reopened) }).get("/api/user/me")).status).toBe(200);
  });

  test("of one user leaves every other user in", async ({ stack }) => {
    const [leaving, staying] = await Promise.all([newMember(stack), newMember(stack)]);
    await leaving.post("/api/user/logout");
    expect((await staying.get("/api/user/me")).status).toBe(200);
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
    const user = await newUser(stack, { tenant: newTenant(), groups: ["admin"] });
    const cookie = { Cookie: await cookieOf(baseURL, user) };
    const api = new Api(baseURL).with(cookie);
    expect((await api.get("/api/user/me")).status).toBe(200);
    expectProblem(await api.post("/api/members", newInvitation()), 403, "cross_origin");
    for (const Origin of [
      "null",
      "https://evil.example",
      baseURL.replace("http:", "https:"),
      `${baseURL}.evil.example`,
    ]) {
      expectProblem(await api.post("/api/members", newInvitation(), { Origin }), 403, "cross_origin");
      expectProblem(await api.post("/api/user/logout", undefined, { Origin }), 403, "cross_origin");
    }
    const sibling = { Origin: baseURL, "Sec-Fetch-Site": "same-site" };
    expectProblem(await api.post("/api/members", newInvitation(), sibling), 403, "cross_origin");
    expect((await api.post("/api/members", newInvitation(), { Origin: baseURL })).status).toBe(201);
  });

  test("is not looked at when an Authorization header came, however bad", async ({ stack, baseURL }) => {
    const user = await newUser(stack, { tenant: newTenant() });
    const api = new Api(baseURL).with({ Cookie: await cookieOf(baseURL, user) });
    for (const Authorization of ["", "Bearer", "Bearer x.y.z", "Basic eDp5", "bearer  ", "Bearer a b"]) {
      expectProblem(await api.get("/api/user/me", { Authorization }), 401, "invalid_token");
    }
  });
});

test("every answer of the API has a request id of its own and is kept by no cache", async ({
  stack,
  baseURL,
}) => {
  const open = new Api(baseURL);
  const api = await newMember(stack, { groups: ["admin"] });
  const answers = await Promise.all([
    api.get("/api/user/me"),
    api.get("/api/user/tenant"),
    api.get("/api/members"),
    api.get("/api/audit"),
    api.post("/api/members", newInvitation()),
    api.post("/api/members", {}),
    api.get("/api/health"),
    open.get("/api/members"),
    open.post("/api/members", {}),
    open.post("/api/user/login", {}),
    open.post("/api/user/refresh", { refresh_token: "x" }),
    open.post("/api/user/logout", undefined, { Origin: baseURL }),
    api.get(`/api/members/${UNKNOWN_ID}`),
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
  const none = await api.get("/api/user/me");
  expectProblem(none, 401, "missing_token");
  expect(none.headers.get("www-authenticate")).toBe('Bearer realm="sekisho"');

  const bad = await api.bearer("x").get("/api/user/me");
  expectProblem(bad, 401, "invalid_token");
  expect(bad.headers.get("www-authenticate")).toContain('error="invalid_token"');

  const wrongKind = await api.bearer(id_token).get("/api/user/me");
  expect(expectProblem(wrongKind, 401, "wrong_token_use").detail).toBe("Send the access token.");
});
