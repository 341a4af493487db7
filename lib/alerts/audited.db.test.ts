import { expect, test } from "vitest";
import { makeTenant } from "../../infra/local/testing/tenant";
import { raiseNotice } from "../account/raise-notice";
import { AuditEvent } from "../audit/contract";
import { listAudit } from "../audit/list-audit";
import { changeAlert } from "./change-alert";
import { createAlert } from "./create-alert";
import { tellNotice } from "./tell-notice";

test("what was done to an alert is on record, by whom and from where; a notice and what changed nothing are not", async () => {
  const tenant = makeTenant({ groups: ["admin"] });
  const { tenantId, principal } = tenant;
  const input = { title: "Smoke", detail: "", severity: "critical" as const, source: "test" };
  const { id } = await createAlert(tenant, input);
  const owner = { tenantId, sub: principal.sub };
  await raiseNotice(owner, "password_changed", { address: "192.0.2.7" }, [tellNotice]);
  await changeAlert(tenant, id, { status: "acknowledged" });
  await changeAlert(tenant, id, { status: "acknowledged" });
  await changeAlert(tenant, id, { status: "resolved" });
  const { rows } = await listAudit(tenant, { limit: 100 });
  const said = {
    subject: { id, label: "Smoke" },
    outcome: "done",
    actor: { sub: principal.sub, name: null, role: "admin" },
    address: "192.0.2.1",
    tenant_id: tenantId,
  };
  expect(rows.map((row) => AuditEvent.parse(row)).reverse()).toMatchObject([
    { action: "alert.created", ...said },
    { action: "alert.acknowledged", ...said },
    { action: "alert.resolved", ...said },
  ]);
});
