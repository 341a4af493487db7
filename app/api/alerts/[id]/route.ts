import { changeAlert } from "@/lib/alerts/change-alert";
import * as operations from "@/lib/alerts/operations";
import { readAlert } from "@/lib/alerts/read-alert";
import { expectedVersion, versioned, versionedRead } from "@/lib/http/conditions";
import { resource } from "@/lib/http/resource";
import { route } from "@/lib/http/route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  route(operations.readAlert, async ({ tenant, path, request }) =>
    versionedRead(request, await readAlert(tenant, path.id)),
  ),
  route(operations.changeAlert, async ({ tenant, path, body, request }) =>
    versioned(await changeAlert(tenant, path.id, body, expectedVersion(request))),
  ),
);
