import * as operations from "@/lib/http/operations/users";
import { resource } from "@/lib/http/resource";
import { callerRoute } from "@/lib/http/route";
import { endOwnSession } from "@/lib/users/own-sessions";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  callerRoute(operations.endSession, async ({ caller, path }) => {
    await endOwnSession(caller, path.id);
    return new Response(null, { status: 204 });
  }),
);
