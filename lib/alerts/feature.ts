import type { Feature } from "../feature";
import * as operations from "./operations";
import { READ_ALERTS } from "./permissions";
import en from "./words/en.json" with { type: "json" };
import ja from "./words/ja.json" with { type: "json" };

export const alerts = {
  name: "alerts",
  tags: [
    {
      name: "Alerts",
      description: "What a tenant has to look at: open, then acknowledged, then resolved.",
    },
  ],
  operations,
  actions: ["alert.created", "alert.acknowledged", "alert.resolved"],
  page: { needs: READ_ALERTS },
  words: { en, ja },
} as const satisfies Feature;
