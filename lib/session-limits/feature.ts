import { feature } from "../feature";
import * as operations from "./operations";
import type en from "./words/en.json";

/** How long a sign-in of a tenant's people may last. `lib/auth` holds them to it. */
export const sessionLimits = feature<typeof en>()({
  name: "session-limits",
  tags: [
    {
      name: "Session limits",
      description: "How long a sign-in of the tenant's people lasts, for its administrators.",
    },
  ],
  operations,
  actions: ["session_limits.changed"],
});
