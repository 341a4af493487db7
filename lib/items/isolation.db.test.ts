import { eq } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import { beforeEach, expect, test } from "vitest";
import { asSuperuser } from "../../infra/local/testing/superuser";
import { makeTenant } from "../../infra/local/testing/tenant";
import { WHICHEVER } from "../db/expected-version";
import { changeItem } from "./change-item";
import { createItem } from "./create-item";
import { deleteItem } from "./delete-item";
import { listItems } from "./list-items";
import { readItem } from "./read-item";
import { restoreItem } from "./restore-item";
import { deletedItems, items } from "./tables";

const only = (version: number) => ({ oneOf: [version], noneOf: [] });

/** The tenant whose items are asked for, and the one that asks: an admin, who may do most. */
let theirs: ReturnType<typeof makeTenant>;
let ours: ReturnType<typeof makeTenant>;
let their: { item: string; deleted: string };
let before: unknown;

beforeEach(async () => {
  [theirs, ours] = [makeTenant(), makeTenant({ groups: ["admin"] })];
  const [item, deleted] = [
    await createItem(theirs, { name: "theirs", description: "" }),
    await createItem(theirs, { name: "deleted", description: "" }),
  ];
  await deleteItem(theirs, deleted.id, WHICHEVER);
  their = { item: item.id, deleted: deleted.id };
  await createItem(ours, { name: "ours", description: "" });
  before = await theirRows();
});

/** What is really in the tables for the other tenant. */
function theirRows() {
  const { tenantId } = theirs;
  return asSuperuser(async (tx) => ({
    items: await tx.select().from(items).where(eq(items.tenantId, tenantId)),
    deleted: await tx.select().from(deletedItems).where(eq(deletedItems.tenantId, tenantId)),
  }));
}

test.each<[string, (ids: typeof their) => Promise<unknown>]>([
  ["reading", ({ item }) => readItem(ours, item)],
  ["changing", ({ item }) => changeItem(ours, item, { name: "taken" }, WHICHEVER)],
  ["changing at its version", ({ item }) => changeItem(ours, item, { name: "taken" }, only(1))],
  ["changing at another version", ({ item }) => changeItem(ours, item, { name: "taken" }, only(7))],
  ["deleting", ({ item }) => deleteItem(ours, item, WHICHEVER)],
  ["deleting at its version", ({ item }) => deleteItem(ours, item, only(1))],
  ["deleting at another version", ({ item }) => deleteItem(ours, item, only(7))],
  ["restoring", ({ deleted }) => restoreItem(ours, deleted, WHICHEVER)],
  ["restoring at its version", ({ deleted }) => restoreItem(ours, deleted, only(1))],
])(
  "%s another tenant's item is answered as one that never was, and it stays as it is",
  async (_, useCase) => {
    const refusal = (ids: typeof their) =>
      useCase(ids).then(
        () => "not refused",
        ({ code, status, title, detail, fields }) => ({ code, status, title, detail, fields }),
      );
    const answer = await refusal(their);
    expect(answer).toMatchObject({ code: "not_found", status: 404 });
    expect(answer).toEqual(await refusal({ item: uuidv7(), deleted: uuidv7() }));
    expect(await theirRows()).toEqual(before);
  },
);

test("the list holds the tenant's own items only", async () => {
  const { rows } = await listItems(ours, { limit: 50, cursor: undefined });
  expect(rows.map(({ name }) => name)).toEqual(["ours"]);
});

test.each(["'; reset role; --", "'); delete from items; --", "' or '1'='1", "\\'; drop table items; --"])(
  "an item called %s is one",
  async (name) => {
    const { id } = await createItem(ours, { name, description: name });
    expect(await readItem(ours, id)).toMatchObject({ name, description: name });
    expect(await changeItem(ours, id, { name: `${name}${name}` }, WHICHEVER)).toMatchObject({
      name: `${name}${name}`,
    });
    expect(await theirRows()).toEqual(before);
  },
);
