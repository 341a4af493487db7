import { Item } from "../../lib/items/contract";
import { Api } from "../support/api";
import { expectProblem, withoutRequestId } from "../support/problem";
import { expect, test } from "../support/test";
import { newMember } from "../support/users";

const UNKNOWN_ID = "01900000-0000-7000-8000-000000000000";
const NUL = "\u0000";
const MEGABYTE = 1024 * 1024;

test.describe("a malformed request", () => {
  test("is answered with what was wrong, field by field", async ({ stack }) => {
    const api = await newMember(stack);
    const tooLong = { name: "", description: "x".repeat(2_001) };
    const problem = expectProblem(await api.post("/api/items", tooLong), 400, "invalid_request");
    expect(problem.errors?.map(({ field }) => field)).toEqual(["name", "description"]);
  });

  test("is refused whatever the JSON says: wrong types, NUL, unknown and protected fields", async ({
    stack,
  }) => {
    const api = await newMember(stack);
    const { id } = Item.parse((await api.post("/api/items", { name: "Lantern" })).body);
    const bodies: unknown[] = [
      null,
      [],
      "x",
      0,
      {},
      { name: 1 },
      { name: null },
      { name: ["x"] },
      { name: { toString: "x" } },
      { name: "   " },
      { name: `a${NUL}b` },
      { name: "x", description: NUL },
      { name: "x".repeat(201) },
      ...["tenant_id", "id", "owner_sub", "version", "created_at", "updated_at", "constructor"].map(
        (field) => ({
          name: "x",
          [field]: "globex",
        }),
      ),
    ];
    for (const body of bodies) {
      expectProblem(await api.post("/api/items", body), 400, "invalid_request");
      expectProblem(await api.patch(`/api/items/${id}`, body), 400, "invalid_request");
    }
    const raw = '{"name":"x","__proto__":{"tenant_id":"globex"}}';
    expectProblem(await api.send("POST", "/api/items", { raw }), 400, "invalid_request");
    expect(Item.array().parse((await api.get("/api/items")).body)).toHaveLength(1);
    expect((await api.get(`/api/items/${id}`)).body).toMatchObject({ name: "Lantern", version: 1 });
  });

  test("is refused when the JSON is none, or nested without end", async ({ stack }) => {
    const api = await newMember(stack);
    for (const raw of ["", "{", "{'name':1}", "name=x", "\ufeff{}x", "NaN"]) {
      expectProblem(await api.send("POST", "/api/items", { raw }), 400, "malformed_json");
    }
    const deep = "[".repeat(30_000) + "]".repeat(30_000);
    expect((await api.send("POST", "/api/items", { raw: deep })).status).toBe(400);
    expect((await api.send("POST", "/api/items", { raw: `{"name":${deep}}` })).status).toBe(400);
    const objects = `${'{"a":'.repeat(9_000)}1${"}".repeat(9_000)}`;
    expect((await api.send("POST", "/api/items", { raw: objects })).status).toBe(400);
  });

  test("is refused when it is not declared as JSON", async ({ stack }) => {
    const api = await newMember(stack);
    for (const type of [
      "text/plain",
      "application/x-www-form-urlencoded",
      "multipart/form-data",
      "application/jsonp",
    ]) {
      const answer = await api.post("/api/items", { name: "x" }, { "Content-Type": type });
      expectProblem(answer, 415, "unsupported_media_type");
    }
    const utf8 = { "Content-Type": "Application/JSON; charset=utf-8" };
    expect((await api.post("/api/items", { name: "x" }, utf8)).status).toBe(201);
  });

  test("is refused beyond 64 KB, declared or not, and costs no more than that", async ({ stack }) => {
    const api = await newMember(stack);
    const name = JSON.stringify({ name: "x".repeat(20 * MEGABYTE) });
    expectProblem(await api.send("POST", "/api/items", { raw: name }), 413, "payload_too_large");
    const padding = { raw: `{"name":"x"${" ".repeat(64 * 1024)}}` };
    expectProblem(await api.send("POST", "/api/items", padding), 413, "payload_too_large");

    let sent = 0;
    const endless = new ReadableStream({
      pull(controller) {
        controller.enqueue(new TextEncoder().encode(" ".repeat(16 * 1024)));
        sent += 16 * 1024;
        if (sent >= 20 * MEGABYTE) controller.close();
      },
    });
    expectProblem(await api.send("POST", "/api/items", { raw: endless }), 413, "payload_too_large");
    expect((await api.get("/api/items")).status).toBe(200);
  });

  test("for an id that cannot exist is answered as for one that does not", async ({ stack }) => {
    const api = await newMember(stack);
    const missing = withoutRequestId(await api.get(`/api/items/${UNKNOWN_ID}`));
    expect(missing.status).toBe(404);
    for (const id of ["x", "1", "%00", "null", "' or 1=1--", "..%2f..%2fetc", `${UNKNOWN_ID}x`]) {
      expect(withoutRequestId(await api.get(`/api/items/${id}`)), id).toEqual(missing);
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
