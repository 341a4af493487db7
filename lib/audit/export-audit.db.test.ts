import { expect, test } from "vitest";
import { makeTenant } from "../../infra/local/testing/tenant";
import { auditFileName, exportAudit } from "./export-audit";
import { type AuditAction, recordAuditApart } from "./record";

async function linesOf(tenant: { tenantId: string }, query: Parameters<typeof exportAudit>[1]) {
  let csv = "";
  for await (const piece of exportAudit(tenant, query)) csv += piece;
  return csv.split("\r\n").slice(0, -1);
}

test("the log leaves as CSV, filtered as asked, the newest first, of one tenant alone", async () => {
  const [tenant, other] = [makeTenant(), makeTenant()];
  const record = (of: typeof tenant, action: AuditAction, label: string) =>
    recordAuditApart(of, { action, subject: { id: "x", label }, detail: { role: "viewer" } });
  await record(tenant, "member.invited", "=1+1");
  await record(tenant, "member.removed", 'zoe "z"');
  await record(tenant, "item.created", "Lantern");
  await record(other, "member.invited", "theirs");
  const [head, ...lines] = await linesOf(tenant, { action: "member" });
  expect(head).toMatch(/^\uFEFF"created_at","action","outcome","actor_sub"/);
  expect(lines).toHaveLength(2);
  expect(lines[0]).toContain('"member.removed","done"');
  expect(lines[0]).toContain('"x","zoe ""z""","{""role"":""viewer""}"');
  expect(lines[1]).toContain(`"'=1+1"`);
  expect(await linesOf(makeTenant(), {})).toEqual([head]);
});

test.each([
  [{}, "audit-acme-until-2026-11-29.csv"],
  [{ action: "member" }, "audit-acme-member-until-2026-11-29.csv"],
  [
    { action: "member.invited", outcome: "refused", from: "2026-11-28T23:30:00.000Z" },
    "audit-acme-member-invited-refused-2026-11-28-to-2026-11-29.csv",
  ],
  [{ from: "2026-11-01", to: "2026-11-07" }, "audit-acme-2026-11-01-to-2026-11-07.csv"],
] as const)("a file of %o is called %s", (query, name) => {
  expect(auditFileName("acme", query, new Date("2026-11-29T10:00:00Z"))).toBe(name);
});
