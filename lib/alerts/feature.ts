import { feature } from "../feature";
import * as operations from "./operations";
import { READ_ALERTS, WRITE_ALERTS } from "./permissions";
import type en from "./words/en.json";

export const alerts = feature<typeof en>()({
  name: "alerts",
  tags: [
    {
      name: "Alerts",
      description: "What a tenant has to look at: open, then acknowledged, then resolved.",
    },
  ],
  operations,
  ends: async () => (await import("./ends")).ends,
  actions: [
    "alert.created",
    "alert.acknowledged",
    "alert.resolved",
    "alert.reopened",
    "alert.assigned",
    "alert.unassigned",
    "alert.commented",
    "alert.comment_removed",
  ],
  firstSteps: async (tenant) => (await import("./first-steps")).firstSteps(tenant),
  demo: async (tenant) => (await import("./demo")).demo(tenant),
  home: async (tenant, most) => (await import("./home")).homeParts(tenant, most),
  hasLiveHome: true,
  hearNotice: async (tx, told) => (await import("./tell-notice")).tellNotice(tx, told),
  page: {
    needs: READ_ALERTS,
    icon: "bell",
    hasRows: true,
    begin: [{ label: "raiseAlert", href: "/alerts?begin=raise", needs: WRITE_ALERTS }],
  },
});
