import { operation } from "../operation";
import { SessionLimits, SessionLimitsChange } from "./contract";
import { MANAGE_SESSION_LIMITS as access } from "./permissions";

const tag = "Session limits";
const path = "/api/session-limits";
const answer = { status: 200, description: "The limits as they are now.", body: SessionLimits } as const;

export const readSessionLimits = operation({
  method: "GET",
  path,
  id: "readSessionLimits",
  tag,
  summary: "Read how long a sign-in of the tenant's people may last",
  access,
  answer,
});

export const changeSessionLimits = operation({
  method: "PATCH",
  path,
  id: "changeSessionLimits",
  tag,
  summary: "Set how long a sign-in of the tenant's people may last",
  description:
    "It holds from the next request on, for whoever is signed in already too (401 `session_ended`). A token says when its sign-in was, and a refresh changes nothing of that. That tokens lie unused is not seen here: `session_idle_minutes` is for browsers alone.",
  access,
  body: SessionLimitsChange,
  answer,
});
