import { json } from "@/lib/http/json";
import { resource } from "@/lib/http/resource";
import { route } from "@/lib/http/route";
import { changeSessionLimits } from "@/lib/session-limits/change-session-limits";
import * as operations from "@/lib/session-limits/operations";
import { readSessionLimits } from "@/lib/session-limits/read-session-limits";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  route(operations.readSessionLimits, async ({ tenant }) => json(await readSessionLimits(tenant))),
  route(operations.changeSessionLimits, async ({ tenant, body }) =>
    json(await changeSessionLimits(tenant, body)),
  ),
);
