import { afterEach, describe, expect, onTestFinished, test } from "vitest";
import { makeTenant } from "../../infra/local/testing/tenant";
import type { TenantContext } from "../auth/tenancy/tenant";
import { WHICHEVER } from "../db/expected-version";
import { unsubscribeAll } from "../db/tenant-notices";
import { AppError } from "../errors";
import { changeItem } from "./change-item";
import { createItem } from "./create-item";
import { deleteItem } from "./delete-item";
import { deleteItems, restoreItems } from "./delete-items";
import { restoreItem } from "./restore-item";
import { watchItems } from "./watch-items";

afterEach(unsubscribeAll);

const LANTERN = { name: "Lantern", description: "" };
/** Before anything that a test does. */
const LONG_AGO = new Date(0);

function watching(
  tenant: TenantContext,
  since = LONG_AGO,
  again: () => Promise<TenantContext> = async () => tenant,
) {
  const leaving = new AbortController();
  onTestFinished(() => leaving.abort());
  const events = watchItems(tenant, { since, again, signal: leaving.signal });
  return async () => {
    for (;;) {
      const { value } = await events.next();
      if (value?.type !== "beat" && value?.type !== "live") return value;
    }
  };
}

describe("whoever watches the items of a tenant", () => {
  test("is told that one was added, changed, deleted and put back, alone and together", async () => {
    const tenant = makeTenant();
    const { id } = await createItem(tenant, LANTERN);
    const next = watching(tenant);
    // Of what was before; from then on it is live.
    expect(await next()).toMatchObject({ type: "changed" });
    const writes: (() => Promise<unknown>)[] = [
      () => createItem(tenant, LANTERN),
      () => changeItem(tenant, id, { name: "Gate" }, WHICHEVER),
      () => deleteItem(tenant, id, WHICHEVER),
      () => restoreItem(tenant, id, WHICHEVER),
      () => deleteItems(tenant, [id]),
      () => restoreItems(tenant, [id]),
    ];
    for (const write of writes) {
      const told = next();
      await write();
      expect(await told).toMatchObject({ type: "changed" });
    }
  });

  test("is told at first when something has changed since the page was read, and a deletion counts", async () => {
    const tenant = makeTenant();
    const { id } = await createItem(tenant, LANTERN);
    expect(await watching(tenant)()).toMatchObject({ type: "changed" });
    await deleteItem(tenant, id, WHICHEVER);
    expect(await watching(tenant)()).toMatchObject({ type: "changed" });
  });

  test("hears nothing of another tenant", async () => {
    const [ours, theirs] = [makeTenant(), makeTenant()];
    const told: unknown[] = [];
    const next = watching(ours);
    const first = next().then((event) => told.push(event));
    await createItem(theirs, LANTERN);
    expect(told).toEqual([]);
    await createItem(ours, LANTERN);
    await first;
    expect(told).toMatchObject([{ type: "changed" }]);
  });

  test("is told nothing more once they may not read, and why", async () => {
    const tenant = makeTenant();
    const again = async () => {
      throw new AppError("session_ended");
    };
    const next = watching(tenant, LONG_AGO, again);
    await createItem(tenant, LANTERN);
    expect(await next()).toEqual({ type: "end", reason: "refused", code: "session_ended" });
  });
});
