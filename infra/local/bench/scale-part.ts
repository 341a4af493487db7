import { existsSync } from "node:fs";
import type { TenantContext } from "../../../lib/auth/tenancy/tenant";
import { EACH_ROW, MADE, OF_ROW } from "./seed";

/** What is asked of many rows of a kind; `e2e/<feature>/scale.ts` has a feature's. */
export type ScalePart = {
  insert: string;
  /** How many rows the other tenants have. */
  others: number;
  /** What is asked for by an administrator, and by a member. */
  cases: (tenant: TenantContext, member: TenantContext) => Promise<Case[]>;
};
type Case = [name: string, ask: () => Promise<unknown>];

const AUDIT: ScalePart = {
  insert: `insert into audit_events
    (tenant_id, id, action, outcome, actor_sub, actor_name, actor_role, subject_id, subject_label, detail, created_at)
    select ${OF_ROW}, (array['item.created', 'item.changed', 'alert.raised', 'session.begun'])[1 + n / 3 % 4], 'done',
    'sub-' || n / 7 % 50, 'person-' || n / 7 % 50 || '@people.example', 'member', 'subject-' || n, 'Item ' || n,
    '{}', ${MADE}
    ${EACH_ROW}`,
  others: 5e6,
  cases: async (tenant) => {
    const { listAudit } = await import("../../../lib/audit/list-audit");
    const audit = (query: object) => () => listAudit(tenant, { limit: 50, cursor: undefined, ...query });
    const [yesterday, now] = [864e5, 0].map((ago) => new Date(Date.now() - ago).toISOString());
    return [
      ["record", audit({})],
      ["record of an action", audit({ action: "item.created" })],
      ["record of a group", audit({ action: "item" })],
      ["record of no action", audit({ action: "tenant.mismatch" })],
      ["record, refused", audit({ outcome: "refused" })],
      ["record of somebody", audit({ actor: "sub-3" })],
      ["record of nobody", audit({ actor: "nobody" })],
      ["record about", audit({ subject: "subject-7" })],
      ["record of a day", audit({ from: yesterday, to: now })],
    ];
  },
};

/** What the features bring, and the record. */
export async function partsOf(): Promise<ScalePart[]> {
  const { FEATURES } = await import("../../../lib/features");
  const files = FEATURES.map(({ name }) => new URL(`../../../e2e/${name}/scale.ts`, import.meta.url));
  const own = files
    .filter((file) => existsSync(file))
    .map(async (file) => ((await import(file.href)) as { scale: ScalePart }).scale);
  return [...(await Promise.all(own)), AUDIT];
}
