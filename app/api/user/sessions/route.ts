import * as operations from "@/lib/account/operations";
import { endOtherSessions, listOwnSessions } from "@/lib/account/own-sessions";
import { resource } from "@/lib/http/resource";
import { callerRoute } from "@/lib/http/route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  callerRoute(operations.listSessions, async ({ caller }) => Response.json(await listOwnSessions(caller))),
  callerRoute(operations.endOtherSessions, async ({ caller, body }) =>
    Response.json(await endOtherSessions(caller, body)),
  ),
);
