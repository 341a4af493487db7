import * as operations from "@/lib/http/operations/users";
import { resource } from "@/lib/http/resource";
import { callerRoute } from "@/lib/http/route";
import { actInTenant } from "@/lib/users/acting-tenant";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  callerRoute(operations.actInTenant, async ({ caller, body }) => {
    await actInTenant(caller, body.tenant_id);
    return Response.json({ ok: true });
  }),
  callerRoute(operations.stopActing, async ({ caller }) => {
    await actInTenant(caller, null);
    return new Response(null, { status: 204 });
  }),
);
