import type { ScalePart } from "../../infra/local/bench/scale-part";
import { EACH_ROW, MADE, OF_ROW } from "../../infra/local/bench/seed";

/** What is asked of many alerts. */
export const scale: ScalePart = {
  insert: `insert into alerts (tenant_id, id, title, detail, severity, status, source, owner_sub, created_at, updated_at)
    select ${OF_ROW}, 'Alert ' || n, repeat('d', 80), (array['info', 'warning', 'critical'])[1 + n / 7 % 3],
      (array['open', 'acknowledged', 'resolved', 'resolved'])[1 + n / 3 % 4], 'source-' || n / 5 % 20, 'x', ${MADE}, ${MADE}
    ${EACH_ROW}`,
  others: 1e6,
  cases: async (tenant, member) => {
    const { listAlerts } = await import("../../lib/alerts/list-alerts");
    const { summariseAlerts } = await import("../../lib/alerts/summarise-alerts");
    const page = { limit: 50, cursor: undefined };
    const alerts = (query: object) => () => listAlerts(tenant, { ...page, ...query });
    return [
      ["alerts", alerts({})],
      ["alerts of a member", () => listAlerts(member, page)],
      ["alerts, open", alerts({ status: "open" })],
      ["alerts, critical", alerts({ severity: "critical" })],
      ["alerts, open and critical", alerts({ status: "open", severity: "critical" })],
      ["alerts of a source", alerts({ source: "source-7" })],
      ["alerts of a source, open", alerts({ source: "source-7", status: "open" })],
      ["alerts of no source", alerts({ source: "nothing" })],
      ["alerts in numbers", () => summariseAlerts(tenant, "Asia/Tokyo")],
      ["alerts in numbers, a member", () => summariseAlerts(member, "Asia/Tokyo")],
    ];
  },
};
