import { v7 as uuidv7 } from "uuid";
import { expect, test } from "vitest";
import { makeTenant } from "../../infra/local/testing/tenant";
import { withTenant } from "../db/with-tenant";
import { listAlerts } from "./list-alerts";
import { summariseAlerts } from "./summarise-alerts";
import { alerts } from "./tables";

test("new sign-ins that were alerts before are neither listed nor counted, not for their owner and no administrator", async () => {
  const owner = makeTenant();
  const { tenantId, principal } = owner;
  const now = new Date();
  const said = { title: "New login detected", detail: "", severity: "info", source: "sign-in" } as const;
  const notice = { notice: "new_login", facts: { address: "unknown" }, audience: "owner" } as const;
  const row = { tenantId, id: uuidv7(), ownerSub: principal.sub, createdAt: now, updatedAt: now };
  await withTenant(tenantId, (tx) => tx.insert(alerts).values({ ...row, ...said, ...notice }));
  for (const reader of [owner, makeTenant({ tenantId, groups: ["admin"] })]) {
    expect((await listAlerts(reader, { limit: 10 })).rows).toEqual([]);
    expect((await summariseAlerts(reader, "UTC")).open.info).toBe(0);
  }
});
