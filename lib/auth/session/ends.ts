import { sql } from "drizzle-orm";
import { knownDevices, sessions } from "../../db/schema";
import type { TableEnd } from "../../db/table-end";
import { REMEMBER_SECONDS } from "./device";
import { whereLive } from "./session-store";

export const ends: readonly TableEnd[] = [
  {
    table: sessions,
    by: "time",
    when: "past `SESSION_MINUTES`, or unused for `SESSION_IDLE_MINUTES`; sooner by the limits of its tenant",
    whereOver: () => sql`not (${whereLive()})`,
  },
  {
    table: knownDevices,
    by: "time",
    when: "a year after the last sign-in from the device, when its cookie is gone too",
    whereOver: () => sql`last_seen_at < now() - make_interval(secs => ${REMEMBER_SECONDS})`,
  },
];
