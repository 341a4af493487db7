import { expectedVersion, versioned } from "@/lib/http/conditions";
import { resource } from "@/lib/http/resource";
import { route } from "@/lib/http/route";
import { addDomain } from "@/lib/single-sign-on/add-domain";
import * as operations from "@/lib/single-sign-on/operations";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  route(operations.addDomain, async ({ tenant, body, request }) =>
    versioned(await addDomain(tenant, body.domain, expectedVersion(request))),
  ),
);
