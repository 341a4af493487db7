import { expect } from "@playwright/test";
import { UNKNOWN_ID } from "../support/api-contract";
import type { CallGround } from "../support/call-each";
import { newMember, newTenant } from "../support/users";

/** Every operation on items, when it succeeds and when it refuses. */
export async function callEach({ stack, check, open }: CallGround): Promise<void> {
  const tenant = newTenant();
  const api = await newMember(stack, { tenant });
  const headers = { "Idempotency-Key": crypto.randomUUID() };
  const created = check("createItem", await api.post("/api/items", { name: "Lantern" }, headers));
  check("createItem", await api.post("/api/items", { name: "Lantern" }, headers));
  check("createItem", await api.post("/api/items", { name: "Other" }, headers));
  check("createItem", await api.post("/api/items", { name: "Other" }, { "If-None-Match": "*" }));
  const path = created.headers.get("location") ?? "";
  check("readOriginalMe", await api.get("/api/items/me"));
  check("readOriginalTenant", await api.get("/api/items/tenant"));
  await api.post("/api/items", { name: "Second" });
  expect(check("listItems", await api.get("/api/items?limit=1")).headers.get("link")).not.toBeNull();
  check("readItem", await api.get(path));
  check("readItem", await api.get(path, { "If-None-Match": '"1"' }));
  check("readItem", await api.get(`/api/items/${UNKNOWN_ID}`));
  check("readItem", await api.get(path, { "X-Tenant-Id": newTenant() }));
  check("readItem", await api.get(path, { "X-Tenant-Id": "No" }));
  check("changeItem", await api.patch(path, { name: "Gate" }, { "If-Match": '"1"' }));
  check("changeItem", await api.patch(path, { name: "Late" }, { "If-Match": '"1"' }));
  const viewer = await newMember(stack, { tenant, groups: ["viewer"] });
  check("createItem", await viewer.post("/api/items", { name: "x" }));
  check("deleteItem", await (await newMember(stack, { tenant })).delete(path));
  check("deleteItem", await api.delete(path, { "If-Match": '"1"' }));
  check("deleteItem", await api.delete(path));
  check("restoreItem", await (await newMember(stack, { tenant })).post(`${path}/restore`));
  check("restoreItem", await api.post(`${path}/restore`, undefined, { "If-Match": '"1"' }));
  check("restoreItem", await api.post(`${path}/restore`));
  check("restoreItem", await api.post(`${path}/restore`));
  const ids = [path.split("/").at(-1), UNKNOWN_ID];
  check("deleteItems", await viewer.post("/api/items/delete", { ids }));
  check("deleteItems", await (await newMember(stack, { tenant })).post("/api/items/delete", { ids }));
  check("deleteItems", await api.post("/api/items/delete", { ids: [UNKNOWN_ID, UNKNOWN_ID] }));
  check("deleteItems", await api.post("/api/items/delete", { ids }));
  check("restoreItems", await api.post("/api/items/restore", { ids }));
  check("listItems", await api.get("/api/items?sort=-name&owner=me&changed_since=2026-01-01"));
  check("listItems", await api.get("/api/items?sort=size"));
  check("exportItems", await api.get(`/api/items/export?ids=${ids.join(",")}`));
  check("exportItems", await api.get("/api/items/export?starts_with=sec"));
  check("exportItems", await open.get("/api/items/export"));
  check("listItems", await open.get("/api/items"));
}
