import { expectedVersion, versioned, versionedRead } from "@/lib/http/conditions";
import { resource } from "@/lib/http/resource";
import { route } from "@/lib/http/route";
import { changeSingleSignOn } from "@/lib/single-sign-on/change-single-sign-on";
import * as operations from "@/lib/single-sign-on/operations";
import { readSingleSignOn } from "@/lib/single-sign-on/read-single-sign-on";
import { removeSingleSignOn } from "@/lib/single-sign-on/remove-single-sign-on";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  route(operations.readSingleSignOn, async ({ tenant, request }) =>
    versionedRead(request, await readSingleSignOn(tenant)),
  ),
  route(operations.changeSingleSignOn, async ({ tenant, body, request }) =>
    versioned(await changeSingleSignOn(tenant, body, expectedVersion(request))),
  ),
  route(operations.removeSingleSignOn, async ({ tenant, request }) => {
    await removeSingleSignOn(tenant, expectedVersion(request));
    return new Response(null, { status: 204 });
  }),
);
