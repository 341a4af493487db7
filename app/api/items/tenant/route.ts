import { env } from "@/lib/env";
import { readTenant } from "@/lib/http/operations/users";
import { resource } from "@/lib/http/resource";
import { route } from "@/lib/http/route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  route(readTenant, async ({ tenant }) =>
    Response.json({
      tenant_id: tenant.tenantId,
      token_use: tenant.principal.tokenUse,
      mode: env().TENANT_MODE,
    }),
  ),
);
