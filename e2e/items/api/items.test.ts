import { Item } from "../../../lib/items/contract";
import { nextPage } from "../../support/paging";
import { expectProblem } from "../../support/problem";
import { expect, test } from "../../support/test";
import { newMember, newTenant } from "../../support/users";

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

test("a member changes but does not delete what a colleague owns; an admin does both", async ({ stack }) => {
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
