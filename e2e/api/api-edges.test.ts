import { HOME } from "../../lib/home";
import { type Answer, Api } from "../support/api";
import { ApiContract, addressOf, exampleOf, UNKNOWN_ID } from "../support/api-contract";
import { CREATES } from "../support/creates";
import { addressOfRow, rowsIn, UNKNOWN_ROW } from "../support/feature-matrix";
import { holdingsOf } from "../support/holdings";
import { targets } from "../support/matrix";
import { nextPage } from "../support/paging";
import { expectProblem, withoutRequestId } from "../support/problem";
import { rawRequest } from "../support/raw-request";
import { expect, test } from "../support/test";
import { newInvitation, newMember, newTenant } from "../support/users";

const VERBS = ["GET", "POST", "PUT", "PATCH", "DELETE"];
const ALLOWED = "https://app.example.com";
const KEY = "Idempotency-Key";

test.use({ stackOptions: { environment: { CORS_ALLOWED_ORIGINS: `${ALLOWED},http://localhost:5173` } } });

/** For each address of the API the methods of its operations, with HEAD where there is GET. */
function methodsByAddress({ operations }: ApiContract): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const operation of operations) {
    const methods = found.get(addressOf(operation)) ?? [];
    const more = operation.method === "GET" ? ["GET", "HEAD"] : [operation.method];
    found.set(addressOf(operation), [...methods, ...more]);
  }
  return found;
}

test.describe("methods", () => {
  test("that a path does not have are refused with 405 and those it has, and OPTIONS tells them", async ({
    baseURL,
  }) => {
    const api = new Api(baseURL);
    let count = 0;
    for (const [path, methods] of methodsByAddress(await ApiContract.of(baseURL))) {
      const allow = [...methods, "OPTIONS"].sort();
      const allowedBy = ({ headers }: Answer) => headers.get("allow")?.split(", ").sort();
      for (const address of [path, `${path}/`]) {
        for (const verb of VERBS.filter((each) => !methods.includes(each))) {
          const answer = await api.send(verb, address);
          expectProblem(answer, 405, "method_not_allowed");
          expect(allowedBy(answer), `${verb} ${address}`).toEqual(allow);
          count += 1;
        }
        const options = await api.send("OPTIONS", address);
        expect([options.status, options.text, allowedBy(options)], address).toEqual([204, "", allow]);
      }
      const trace = await rawRequest(baseURL, path, [], undefined, "TRACE");
      expect([trace.status, path]).toEqual([405, path]);
      const told = /^allow: (.*)$/im.exec(trace.text)?.[1]?.trim().split(", ").sort();
      expect(told, `TRACE ${path}`).toEqual(allow);
    }
    console.log(`${count} pairs of path and undeclared method are refused`);
  });

  test("HEAD answers as GET does, without a body", async ({ stack, baseURL }) => {
    const api = await newMember(stack);
    const { operations } = await ApiContract.of(baseURL);
    for (const operation of operations.filter(({ method }) => method === "GET")) {
      const path = addressOf(operation);
      const [head, get] = [
        withoutRequestId(await api.send("HEAD", path)),
        withoutRequestId(await api.get(path)),
      ];
      expect(head.text, path).toBe("");
      expect(head.status, path).toBe(get.status);
      for (const name of ["content-type", "cache-control", "content-security-policy", "etag"] as const) {
        expect(Reflect.get(head.headers, name), `${path} ${name}`).toBe(Reflect.get(get.headers, name));
      }
    }
  });

  test("that Next cannot read are refused as well, and end no server", async ({ baseURL }) => {
    for (const method of ["TRACE", "PROPFIND", "M-SEARCH", "LINK"]) {
      for (const path of [HOME, "/", "/signin/", "/api/auth/session", "/api/user/me?x=1"]) {
        const { status, text } = await rawRequest(baseURL, path, [], undefined, method);
        expect([method, path, status]).toEqual([method, path, 405]);
        expect(text).toMatch(/^allow: GET, HEAD/im);
        expect(text).toContain("application/problem+json");
      }
      const elsewhere = await rawRequest(baseURL, "//[", [], undefined, method);
      expect(elsewhere.status).toBeLessThan(500);
    }
    // There is no tunnel here: Node hangs up.
    expect((await rawRequest(baseURL, "/api/user/me", [], undefined, "CONNECT")).text).not.toContain("500");
    expect((await new Api(baseURL).get("/api/health")).status).toBe(200);
  });

  test("of a path that is not there are all answered with 404", async ({ baseURL }) => {
    const api = new Api(baseURL);
    for (const path of ["/api/nothing", "/api/members/x/y", "/api/docs/page.css/x", "/api/openapi"]) {
      for (const address of [path, `${path}/`]) {
        for (const verb of [...VERBS, "OPTIONS"])
          expectProblem(await api.send(verb, address), 404, "not_found");
        expect((await api.send("HEAD", address)).status).toBe(404);
        expect((await rawRequest(baseURL, address, [], undefined, "TRACE")).status).toBe(404);
      }
    }
  });
});

test("who brings nothing is told to sign in, and what is not there is not there, from whichever page", async ({
  baseURL,
}) => {
  const api = new Api(baseURL);
  for (const Origin of [baseURL, "https://evil.example", "null"]) {
    for (const path of ["/api/user/logout", "/api/members", "/api/members/sync", "/api/user/totp"]) {
      expectProblem(await api.post(path, {}, { Origin }), 401, "missing_token");
    }
    for (const path of ["nowhere", "_log", "session/x", "callback/password/x", "signin/a/b"]) {
      expectProblem(await api.post(`/api/auth/${path}`, {}, { Origin }), 404, "not_found");
    }
  }
  expectProblem(await api.post("/api/user/logout"), 401, "missing_token");
});

test("a step of signing in is posted: looked at, it is not there, however it is spelled", async ({
  baseURL,
}) => {
  const api = new Api(baseURL);
  for (const step of ["password", "challenge", "passkey", "%70asskey", "passke%79"]) {
    for (const query of ["", "?csrfToken=x"]) {
      expectProblem(await api.get(`/api/auth/callback/${step}${query}`), 404, "not_found");
    }
  }
});

test.describe("every body", () => {
  test("is refused when it has a field too many, and when it is over 64 KB without saying so", async ({
    stack,
    baseURL,
  }) => {
    const api = await newMember(stack, { groups: ["admin", "operator"] });
    const { operations } = await ApiContract.of(baseURL);
    const writes = operations.filter(({ requestBody }) => requestBody);
    expect(writes.length).toBeGreaterThan(15);
    for (const operation of writes) {
      const { operationId: id, method } = operation;
      const json = { ...exampleOf(operation), tenant_id: "globex", unknown: 1 };
      const problem = expectProblem(
        await api.send(method, addressOf(operation), { json }),
        400,
        "invalid_request",
      );
      expect(JSON.stringify(problem.errors), id).toMatch(/Unrecognized key.*unknown/);
      const unknown = problem.errors?.find(({ code }) => code === "unknown_field");
      expect(unknown?.params, id).toEqual({ keys: expect.arrayContaining(["unknown"]) });

      let left = 5;
      const raw = new ReadableStream({
        pull(controller) {
          controller.enqueue(new TextEncoder().encode(" ".repeat(16 * 1024)));
          left -= 1;
          if (left === 0) controller.close();
        },
      });
      expectProblem(await api.send(method, addressOf(operation), { raw }), 413, "payload_too_large");
    }
  });
});

test.describe("every list", () => {
  test("takes a limit from 1 to 100 and only cursors of its own tenant", async ({ stack, baseURL }) => {
    const contract = await ApiContract.of(baseURL);
    const [api, foreign] = [
      await newMember(stack, { groups: ["admin", "operator"] }),
      await newMember(stack, { groups: ["admin", "operator"] }),
    ];
    const lists = contract.taking("cursor");
    expect(lists.length).toBeGreaterThanOrEqual(2);
    const rows = await rowsIn(api, "Lantern");
    for (const { path: template } of lists) {
      const path = addressOfRow(
        template,
        rows.get(targets().find(({ path }) => path === template)?.feature ?? "") ?? UNKNOWN_ROW,
      );
      for (const limit of ["-1", "0", "101", "1e9", "NaN", "1.5", "x", "", "١", "9".repeat(400)]) {
        expectProblem(await api.get(`${path}?limit=${encodeURIComponent(limit)}`), 400, "invalid_request");
      }
      for (const limit of ["1", "100"]) expect((await api.get(`${path}?limit=${limit}`)).status).toBe(200);
      for (const query of ["limit=1&limit=2", "tenant_id=globex"]) {
        expectProblem(await api.get(`${path}?${query}`), 400, "invalid_request");
      }
      for (const cursor of [
        "",
        "x",
        "x.y",
        "a".repeat(201),
        "../x",
        "%00",
        "W10.AAAA",
        "null",
        "' or 1=1--",
      ]) {
        expectProblem(await api.get(`${path}?cursor=${encodeURIComponent(cursor)}`), 400, "invalid_request");
      }
      const create = CREATES.find((each) => each.path === path);
      if (!create) continue;
      for (const _ of [1, 2]) await foreign.post(path, create.body());
      const next = nextPage(await foreign.get(`${path}?limit=1`)) ?? "";
      expect((await foreign.get(next)).status).toBe(200);
      expectProblem(await api.get(next), 400, "invalid_request");
    }
  });
});

test.describe("every create", () => {
  const rowsOf = async (api: Api, path: string) =>
    ((await api.get(`${path}?limit=100`)).body as unknown[]).length;

  test("under a condition that does not hold is refused with 412, and makes nothing", async ({ stack }) => {
    const api = await newMember(stack, { groups: ["admin", "operator"] });
    for (const { path, body } of CREATES) {
      const before = await holdingsOf(api);
      for (const header of [{ "If-None-Match": "*" }, { "If-Match": '"1"' }])
        expectProblem(await api.post(path, body(), header), 412, "precondition_failed");
      expect(await holdingsOf(api), path).toBe(before);
      expect((await api.post(path, body(), { "If-Match": "*" })).status, path).toBe(201);
    }
  });

  test("makes one thing of many requests with a key, one after the other or at once", async ({ stack }) => {
    for (const { path, body: newBody } of CREATES) {
      const api = await newMember(stack, { groups: ["admin", "operator"] });
      const before = await rowsOf(api, path);
      const body = newBody();
      const key = { [KEY]: crypto.randomUUID() };

      // What is refused leaves no key behind.
      expectProblem(await api.post(path, { ...body, unknown: 1 }, key), 400, "invalid_request");
      const first = await api.post(path, body, key);
      expect(first.status).toBe(201);
      const again = await api.post(path, body, key);
      expect([again.status, again.body]).toEqual([201, first.body]);
      expect(again.headers.get("location")).toBe(first.headers.get("location"));
      expect(again.headers.get("etag")).toBe(first.headers.get("etag"));
      expect(await rowsOf(api, path)).toBe(before + 1);

      const [field = "", text] = Object.entries(body)[0] ?? [];
      const other = await api.post(path, { ...body, [field]: `x${text}` }, key);
      expectProblem(other, 422, "idempotency_key_reused");
      expect(await rowsOf(api, path)).toBe(before + 1);

      const parallel = { [KEY]: "~!@parallel" };
      const second = newBody();
      const answers = await Promise.all(Array.from({ length: 8 }, () => api.post(path, second, parallel)));
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
      for (const { body: made } of answers) expect(made).toEqual(answers[0]?.body);
      expect(await rowsOf(api, path)).toBe(before + 2);
    }
  });

  test("takes a key as its user's own: a colleague's, another tenant's and another operation's are others", async ({
    stack,
  }) => {
    const [tenant, groups] = [newTenant(), ["admin"]];
    const ids = new Set<unknown>();
    const callers = [
      await newMember(stack, { tenant, groups }),
      await newMember(stack, { tenant, groups }),
      await newMember(stack, { groups }),
    ];
    for (const api of callers) {
      for (const { path, body } of CREATES) {
        const answer = await api.post(path, body(), { [KEY]: "1" });
        expect(answer.status, path).toBe(201);
        ids.add((answer.body as { id: string }).id);
      }
    }
    expect(ids.size).toBe(callers.length * CREATES.length);
  });

  test("refuses a key that is empty, too long or not printable", async ({ stack }) => {
    for (const { path, body } of CREATES) {
      const api = await newMember(stack, { groups: ["admin", "operator"] });
      const before = await rowsOf(api, path);
      for (const key of ["", "a b", "\u00e9", "\t", "x".repeat(256)]) {
        expectProblem(await api.post(path, body(), { [KEY]: key }), 400, "invalid_request");
      }
      expect((await api.post(path, body(), { [KEY]: "x".repeat(255) })).status).toBe(201);
      expect(await rowsOf(api, path)).toBe(before + 1);
    }
  });
});

test.describe("a page of another origin", () => {
  const crossing = ({ headers }: Answer) =>
    [...headers]
      .filter(([name]) => name.startsWith("access-control-"))
      .map(([name, value]) => `${name}: ${value}`);

  test("reads and writes when it is listed, never with our cookie", async ({ stack }) => {
    const api = await newMember(stack, { groups: ["admin", "operator"] });
    for (const Origin of [ALLOWED, "http://localhost:5173"]) {
      const asked = {
        Origin,
        "Access-Control-Request-Method": "PATCH",
        "Access-Control-Request-Headers": "if-match",
      };
      const preflight = await api.send("OPTIONS", `/api/members/${UNKNOWN_ID}`, { headers: asked });
      expect(preflight.status).toBe(204);
      expect(preflight.headers.get("access-control-allow-origin")).toBe(Origin);
      expect(preflight.headers.get("access-control-allow-methods")).toContain("PATCH");
      expect(preflight.headers.get("access-control-allow-headers")).toMatch(
        /Authorization.*If-Match.*Idempotency-Key.*X-Tenant-Id.*X-Shown-To.*X-Shown-Tenant/,
      );
      for (const answer of [
        preflight,
        await api.get("/api/members", { Origin }),
        await api.post("/api/members", newInvitation(), { Origin }),
        await new Api(api.url).get("/api/members", { Origin }),
        await api.send("PUT", "/api/members", { headers: { Origin } }),
        await api.get("/api/nowhere", { Origin }),
        await api.send("OPTIONS", "/api/nowhere", { headers: asked }),
        await api.get("/api/members/%", { Origin }),
        await api.get(`/api/members?${"a&".repeat(1_000)}`, { Origin }),
        await api.send("POST", "/api/members", { raw: "x".repeat(70_000), headers: { Origin } }),
      ]) {
        expect(answer.headers.get("access-control-allow-origin")).toBe(Origin);
        expect(answer.headers.get("access-control-allow-credentials")).toBeNull();
        expect(answer.headers.get("vary")).toMatch(/\borigin\b/i);
      }
    }
  });

  test("is told nothing when it is not listed exactly, and a cache is told that it matters", async ({
    stack,
  }) => {
    const api = await newMember(stack);
    for (const Origin of [
      "null",
      "https://app.example.com.evil.example",
      "https://evilapp.example.com",
      "https://x.app.example.com",
      "https://app.example.com:8443",
      "http://app.example.com",
      "https://APP.example.com",
      "https://app.example.com/",
      "http://localhost:5174",
      "*",
      `${ALLOWED},http://localhost:5173`,
    ]) {
      const preflight = { headers: { Origin, "Access-Control-Request-Method": "POST" } };
      const answers = [
        await api.get("/api/members", { Origin }),
        await api.send("OPTIONS", "/api/members", preflight),
      ];
      for (const answer of answers) {
        expect(crossing(answer), Origin).toEqual([]);
        expect(answer.headers.get("vary"), Origin).toMatch(/\borigin\b/i);
      }
    }
  });
});
