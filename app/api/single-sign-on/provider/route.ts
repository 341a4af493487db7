import { expectedVersion, versioned } from "@/lib/http/conditions";
import { resource } from "@/lib/http/resource";
import { route } from "@/lib/http/route";
import * as operations from "@/lib/single-sign-on/operations";
import { saveProvider } from "@/lib/single-sign-on/save-provider";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  route(operations.saveProvider, async ({ tenant, body, request }) =>
    versioned(await saveProvider(tenant, body, expectedVersion(request))),
  ),
);
