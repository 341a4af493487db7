import * as operations from "@/lib/http/operations/users";
import { resource } from "@/lib/http/resource";
import { callerRoute } from "@/lib/http/route";
import { listOwnSessions } from "@/lib/users/own-sessions";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  callerRoute(operations.listSessions, async ({ caller }) => Response.json(await listOwnSessions(caller))),
);
