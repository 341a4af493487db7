import { expectedVersion } from "@/lib/http/conditions";
import { resource } from "@/lib/http/resource";
import { route } from "@/lib/http/route";
import * as operations from "@/lib/single-sign-on/operations";
import { removeDomain } from "@/lib/single-sign-on/remove-domain";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  route(operations.removeDomain, async ({ tenant, path, request }) => {
    await removeDomain(tenant, path.domain, expectedVersion(request));
    return new Response(null, { status: 204 });
  }),
);
