import type { CallGround } from "../support/call-each";
import { newMember } from "../support/users";

const PATH = "/api/session-limits";

/** Every operation on a tenant's session limits, when it succeeds and when it refuses. */
export async function callEach({ stack, check }: CallGround): Promise<void> {
  const api = await newMember(stack, { groups: ["admin"] });
  check("readSessionLimits", await (await newMember(stack, {})).get(PATH));
  check("readSessionLimits", await api.get(PATH));
  check("changeSessionLimits", await api.patch(PATH, { session_minutes: 120, session_idle_minutes: 30 }));
  check("changeSessionLimits", await api.patch(PATH, { session_minutes: 100_000, session_idle_minutes: 1 }));
  check("changeSessionLimits", await api.patch(PATH, { session_minutes: null }));
}
