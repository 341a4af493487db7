import * as operations from "@/lib/account/operations";
import { endOtherSessions, listOwnSessions } from "@/lib/account/own-sessions";
import { json } from "@/lib/http/json";
import { resource } from "@/lib/http/resource";
import { callerRoute } from "@/lib/http/route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  callerRoute(operations.listSessions, async ({ caller }) => json(await listOwnSessions(caller))),
  callerRoute(operations.endOtherSessions, async ({ caller, body }) =>
    json(await endOtherSessions(caller, body)),
  ),
);
