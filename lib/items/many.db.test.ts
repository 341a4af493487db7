import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { makeLater } from "../../infra/local/testing/later";
import { makeTenant } from "../../infra/local/testing/tenant";
import type { TenantContext } from "../auth/tenancy/tenant";
import { WHICHEVER } from "../db/expected-version";
import { changeItem } from "./change-item";
import type { ListItems } from "./contract";
import { createItem } from "./create-item";
import { deleteItems, restoreItems } from "./delete-items";
import { exportItems } from "./export-items";
import { listAndCountItems, listItems } from "./list-items";

const add = async (tenant: TenantContext, name: string, description = "") =>
  (await createItem(tenant, { name, description })).id;
const namesOf = async (tenant: TenantContext, query: Partial<ListItems> = {}) =>
  (await listItems(tenant, { limit: 50, ...query })).rows.map(({ name }) => name);

/** All names, two rows a page. */
async function walk(tenant: TenantContext, sort: NonNullable<ListItems["sort"]>): Promise<string[]> {
  const names: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listItems(tenant, { limit: 2, sort, cursor });
    names.push(...page.rows.map(({ name }) => name));
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return names;
}

test("items come in the order asked for, from page to page, also where names are alike", async () => {
  const tenant = makeTenant();
  const first = await add(tenant, "lantern");
  for (const name of ["Gate", "lantern", "Über", "関所", "gate"]) await add(tenant, name);
  await makeLater();
  await changeItem(tenant, first, { description: "Paper" }, WHICHEVER);
  expect(await walk(tenant, "created")).toEqual(["lantern", "Gate", "lantern", "Über", "関所", "gate"]);
  expect(await walk(tenant, "-created")).toEqual((await walk(tenant, "created")).reverse());
  expect((await walk(tenant, "-changed"))[0]).toBe("lantern");
  expect(await walk(tenant, "changed")).toEqual((await walk(tenant, "-changed")).reverse());
  expect(await walk(tenant, "name")).toEqual(["Gate", "gate", "lantern", "lantern", "Über", "関所"]);
  expect(await walk(tenant, "-name")).toEqual((await walk(tenant, "name")).reverse());
});

test("a cursor is of no use in another order", async () => {
  const tenant = makeTenant();
  for (const name of ["a", "b", "c"]) await add(tenant, name);
  const { next } = await listItems(tenant, { limit: 1, sort: "name" });
  for (const sort of ["-name", "changed", undefined] as const) {
    const read = listItems(tenant, { limit: 1, sort, cursor: next ?? "" });
    await expect(read).rejects.toMatchObject({ code: "invalid_request" });
  }
});

test("what a description says is found, in any alphabet; a wildcard is none", async () => {
  const tenant = makeTenant();
  await add(tenant, "Gate", "OAK and iron, 100% dry");
  await add(tenant, "Lantern", "ｶﾞﾗｽ");
  expect(await namesOf(tenant, { contains: "oak" })).toEqual(["Gate"]);
  expect(await namesOf(tenant, { contains: "ガラス" })).toEqual(["Lantern"]);
  expect(await namesOf(tenant, { contains: "%" })).toEqual(["Gate"]);
  expect(await namesOf(tenant, { contains: "_" })).toEqual([]);
});

test("a list is narrowed by owner and by the last change, and counted", async () => {
  const tenant = makeTenant();
  const colleague = makeTenant({ tenantId: tenant.tenantId });
  await add(tenant, "mine");
  await add(colleague, "theirs");
  expect(await namesOf(tenant, { owner: "me" })).toEqual(["mine"]);
  expect(await namesOf(tenant, { owner: colleague.principal.sub })).toEqual(["theirs"]);
  expect(await namesOf(tenant, { changed_since: "2026-01-01" })).toEqual(["theirs", "mine"]);
  expect(await namesOf(tenant, { changed_since: "9999-01-01" })).toEqual([]);
  expect(await listAndCountItems(tenant, { limit: 1 })).toMatchObject({ total: 2, hasMoreThanTotal: false });
  expect(await listAndCountItems(tenant, { limit: 1, owner: "me" })).toMatchObject({ total: 1, next: null });
});

test("several items are deleted and put back at once, each as far as one may", async () => {
  const tenant = makeTenant();
  const colleague = makeTenant({ tenantId: tenant.tenantId });
  const stranger = makeTenant();
  const [mine, also, theirs] = [await add(tenant, "a"), await add(tenant, "b"), await add(colleague, "c")];
  const foreign = await add(stranger, "d");
  const ids = [theirs, mine, randomUUID(), also, foreign];
  const outcomes = ["forbidden", "done", "not_found", "done", "not_found"];
  expect((await deleteItems(tenant, ids)).map(({ outcome }) => outcome)).toEqual(outcomes);
  expect(await namesOf(tenant)).toEqual(["c"]);
  expect(await namesOf(stranger)).toEqual(["d"]);
  const [again] = await deleteItems(tenant, [mine]);
  expect(again).toEqual({ id: mine, outcome: "not_found" });

  expect((await restoreItems(colleague, [mine]))[0]?.outcome).toBe("forbidden");
  expect((await restoreItems(tenant, [mine, also, theirs])).map(({ outcome }) => outcome)).toEqual([
    "done",
    "done",
    "not_found",
  ]);
  expect(await namesOf(tenant)).toEqual(["c", "b", "a"]);
  const admin = { ...makeTenant({ tenantId: tenant.tenantId }), role: "admin" as const };
  expect((await deleteItems(admin, [theirs]))[0]?.outcome).toBe("done");
});

test("those that are chosen leave as a file", async () => {
  const tenant = makeTenant();
  const [, second] = [await add(tenant, "a"), await add(tenant, "b")];
  let csv = "";
  for await (const piece of exportItems(tenant, { ids: [second ?? "", randomUUID()] })) csv += piece;
  expect(csv.split("\r\n")).toHaveLength(3);
  expect(csv).toContain('"b"');
});
