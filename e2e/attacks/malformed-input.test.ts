import type { Stack } from "../../infra/local/stack";
import { FEATURES } from "../../lib/features";
import { Api } from "../support/api";
import { ApiContract, exampleOf, UNKNOWN_ID } from "../support/api-contract";
import { addressOfRow, rowsIn, UNKNOWN_ROW } from "../support/feature-matrix";
import { holdingsOf } from "../support/holdings";
import { matrixOf } from "../support/matrix";
import { expectProblem, withoutRequestId } from "../support/problem";
import { expect, test } from "../support/test";
import { newMember } from "../support/users";

const NUL = "\u0000";
const MEGABYTE = 1024 * 1024;

type Call = {
  method: string;
  path: string;
  body: Record<string, unknown>;
  /** Fields that may be null. */
  mayBeNull: readonly string[];
};

/** Somebody who may do all, a row of each kind, and every operation that takes a body, with one that is right. */
async function everyWrite(stack: Stack): Promise<{ api: Api; calls: Call[] }> {
  const api = await newMember(stack, { groups: ["admin", "operator"] });
  const rows = await rowsIn(api, "Lantern");
  const contract = await ApiContract.of(stack.application.url);
  const calls = FEATURES.flatMap(({ name, operations }) =>
    Object.values(operations).flatMap(({ id, method, path }): Call[] => {
      const body = exampleOf(contract.operation(id));
      const mayBeNull = matrixOf(name).mayBeNull?.[id] ?? [];
      return body
        ? [{ method, path: addressOfRow(path, rows.get(name) ?? UNKNOWN_ROW), body, mayBeNull }]
        : [];
    }),
  );
  expect(calls.length).toBeGreaterThan(10);
  return { api, calls };
}

/** What is wrong with a body, whatever is right: its kind, a field's kind, a field that nobody asked for. */
function wrongly({ body, mayBeNull }: Call): unknown[] {
  const wrong = (field: string) => [
    1,
    ["x"],
    { toString: "x" },
    ...(mayBeNull.includes(field) ? [] : [null]),
  ];
  const extra = ["tenant_id", "sub", "role", "constructor", "prototype"].filter((field) => !(field in body));
  return [
    ...[null, [], "x", 0, {}],
    ...Object.keys(body).flatMap((field) => wrong(field).map((value) => ({ ...body, [field]: value }))),
    ...extra.map((field) => ({ ...body, [field]: "globex" })),
  ];
}

test.describe("a malformed request", () => {
  test("is answered with what was wrong, field by field", async ({ stack }) => {
    const api = await newMember(stack, { groups: ["admin"] });
    const body = { email: "lantern", role: "operator" };
    const problem = expectProblem(await api.post("/api/members", body), 400, "invalid_request");
    expect(problem.errors).toMatchObject([
      { field: "email", code: "not_an_email" },
      { field: "role", code: "not_listed", params: { values: expect.arrayContaining(["viewer", "admin"]) } },
    ]);
  });

  test("is refused whatever the JSON says: wrong types, unknown and protected fields", async ({ stack }) => {
    const { api, calls } = await everyWrite(stack);
    const before = await holdingsOf(api);
    for (const call of calls) {
      const { method, path, body } = call;
      for (const json of wrongly(call)) {
        const answer = await api.send(method, path, { json });
        expect(answer.status, `${method} ${path} ${JSON.stringify(json)} ${answer.text}`).toBe(400);
        expectProblem(answer, 400, "invalid_request");
      }
      const raw = JSON.stringify(body).replace(/}$/, ',"__proto__":{"tenant_id":"globex"}}');
      expectProblem(await api.send(method, path, { raw }), 400, "invalid_request");
    }
    expect(await holdingsOf(api)).toBe(before);
  });

  test("is refused when the JSON is none, or nested without end", async ({ stack }) => {
    const { api, calls } = await everyWrite(stack);
    const deep = "[".repeat(30_000) + "]".repeat(30_000);
    const objects = `${'{"a":'.repeat(9_000)}1${"}".repeat(9_000)}`;
    for (const { method, path, body } of calls) {
      for (const raw of ["", "{", "{'name':1}", "name=x", "\ufeff{}x", "NaN"]) {
        expectProblem(await api.send(method, path, { raw }), 400, "malformed_json");
      }
      const [field = ""] = Object.keys(body);
      for (const raw of [deep, `{"${field}":${deep}}`, objects]) {
        expect((await api.send(method, path, { raw })).status, path).toBe(400);
      }
    }
  });

  test("is refused when it is not declared as JSON", async ({ stack }) => {
    const { api, calls } = await everyWrite(stack);
    for (const { method, path, body } of calls) {
      for (const type of [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "application/jsonp",
      ]) {
        const answer = await api.send(method, path, { json: body, headers: { "Content-Type": type } });
        expectProblem(answer, 415, "unsupported_media_type");
      }
    }
    const utf8 = { "Content-Type": "Application/JSON; charset=utf-8" };
    const invited = { email: `${crypto.randomUUID()}@people.example` };
    expect((await api.post("/api/members", invited, utf8)).status).toBe(201);
  });

  test("is refused beyond 64 KB, declared or not, and costs no more than that", async ({ stack }) => {
    const { api, calls } = await everyWrite(stack);
    for (const { method, path, body } of calls) {
      const raw = JSON.stringify(body).replace(/}$/, `${" ".repeat(64 * 1024)}}`);
      expectProblem(await api.send(method, path, { raw }), 413, "payload_too_large");
    }
    const raw = JSON.stringify({ email: "x".repeat(20 * MEGABYTE) });
    expectProblem(await api.send("POST", "/api/members", { raw }), 413, "payload_too_large");

    let sent = 0;
    const endless = new ReadableStream({
      pull(controller) {
        controller.enqueue(new TextEncoder().encode(" ".repeat(16 * 1024)));
        sent += 16 * 1024;
        if (sent >= 20 * MEGABYTE) controller.close();
      },
    });
    expectProblem(await api.send("POST", "/api/members", { raw: endless }), 413, "payload_too_large");
    expect((await api.get("/api/user/tenant")).status).toBe(200);
  });

  test("for an id that cannot exist is answered as for one that does not", async ({ stack, baseURL }) => {
    const api = await newMember(stack, { groups: ["admin", "operator"] });
    const ofOne = (await ApiContract.of(baseURL)).operations.filter(({ path }) => path.includes("{id}"));
    expect(ofOne.length).toBeGreaterThan(3);
    for (const operation of ofOne) {
      const { method, path } = operation;
      const ask = (id: string) => api.send(method, path.replace("{id}", id), { json: exampleOf(operation) });
      const missing = withoutRequestId(await ask(UNKNOWN_ID));
      expect(missing.status, path).toBe(404);
      for (const id of ["x", "1", "%00", "null", "' or 1=1--", "..%2f..%2fetc", `${UNKNOWN_ID}x`]) {
        expect(withoutRequestId(await ask(id)), `${path} ${id}`).toEqual(missing);
      }
    }
  });

  test("at sign-in is told apart from a wrong password", async ({ baseURL }) => {
    const api = new Api(baseURL);
    const bodies = [
      {},
      { email: "bob@acme.example" },
      { email: "bob", password: "x" },
      { email: "bob@acme.example", password: "" },
      { email: "bob@acme.example", password: "x".repeat(257) },
      { email: ["bob@acme.example"], password: "x" },
      { email: `bob@acme.example${NUL}`, password: "x" },
      { email: "bob@acme.example", password: "x", tenant_id: "globex" },
    ];
    for (const body of bodies) {
      expectProblem(await api.post("/api/user/login", body), 400, "invalid_request");
    }
  });
});
