import * as operations from "@/lib/account/operations";
import { endOwnSession } from "@/lib/account/own-sessions";
import { resource } from "@/lib/http/resource";
import { callerRoute } from "@/lib/http/route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  callerRoute(operations.endSession, async ({ caller, path }) => {
    await endOwnSession(caller, path.id);
    return new Response(null, { status: 204 });
  }),
);
