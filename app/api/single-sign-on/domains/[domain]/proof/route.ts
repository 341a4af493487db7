import { versioned } from "@/lib/http/conditions";
import { resource } from "@/lib/http/resource";
import { route } from "@/lib/http/route";
import * as operations from "@/lib/single-sign-on/operations";
import { proveDomain } from "@/lib/single-sign-on/prove-domain";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  route(operations.proveDomain, async ({ tenant, path }) =>
    versioned(await proveDomain(tenant, path.domain)),
  ),
);
