import { actInTenant } from "@/lib/account/acting-tenant";
import * as operations from "@/lib/account/operations";
import { json } from "@/lib/http/json";
import { resource } from "@/lib/http/resource";
import { callerRoute } from "@/lib/http/route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  callerRoute(operations.actInTenant, async ({ caller, body }) => {
    await actInTenant(caller, body.tenant_id);
    return json({ ok: true });
  }),
  callerRoute(operations.stopActing, async ({ caller }) => {
    await actInTenant(caller, null);
    return new Response(null, { status: 204 });
  }),
);
