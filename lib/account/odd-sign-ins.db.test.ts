import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { makeTenant } from "../../infra/local/testing/tenant";
import { recordAuditApart } from "../audit/record";
import { oddSignIns } from "./odd-sign-ins";

const MINUTE_MS = 60_000;

/** A tenant in which somebody came in, after so many refused tries, each so long before. */
async function cameIn({ refused = [] as number[], newDevice = true, minutesAgo = 5 } = {}) {
  const tenant = makeTenant();
  const { sub } = tenant.principal;
  const at = new Date(Date.now() - minutesAgo * MINUTE_MS);
  for (const minutes of refused) {
    const nobody = { ...tenant, principal: null, role: null };
    const subject = { id: sub, label: "zoe@acme.example" };
    const when = new Date(at.getTime() - minutes * MINUTE_MS);
    await recordAuditApart(nobody, { action: "sign_in.refused", outcome: "refused", subject, at: when });
  }
  await recordAuditApart(tenant, { action: "sign_in.succeeded", detail: { new_device: newDevice }, at });
  return tenant;
}
const found = async ({ tenantId }: { tenantId: string }, groups: string[], sub: string = randomUUID()) =>
  (await oddSignIns(makeTenant({ tenantId, groups, sub }), 5)).map(({ person }) => person?.sub);

test("a sign-in on a new device after an hour's refused tries is shown to administrators, and to nobody else", async () => {
  const tenant = await cameIn({ refused: [1, 2, 59] });
  const { sub } = tenant.principal;
  expect(await found(tenant, ["admin"])).toEqual([sub]);
  for (const group of ["viewer", "member"]) expect(await found(tenant, [group])).toEqual([]);
  expect(await found(tenant, ["admin"], sub)).toEqual([]);
  expect(await found(makeTenant(), ["admin"])).toEqual([]);
});

test.each([
  ["on a device that was seen before", { refused: [1, 2, 3], newDevice: false }],
  ["after a slip or two", { refused: [1, 2] }],
  ["after tries that were long before", { refused: [1, 2, 61] }],
  ["of more than a week ago", { refused: [1, 2, 3], minutesAgo: 8 * 24 * 60 }],
])("one %s is nothing odd", async (_, how) => {
  expect(await found(await cameIn(how), ["admin"])).toEqual([]);
});
