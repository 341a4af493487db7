import { env } from "@/lib/env";
import { route } from "@/lib/http/route";

export const GET = route({ permission: "items:read" }, async ({ tenant }) =>
  Response.json({
    tenant_id: tenant.tenantId,
    token_use: tenant.principal.tokenUse,
    mode: env().TENANT_MODE,
  }),
);
