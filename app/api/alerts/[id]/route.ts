import { changeAlert } from "@/lib/alerts/change-alert";
import * as operations from "@/lib/alerts/operations";
import { readAlert } from "@/lib/alerts/read-alert";
import { resource } from "@/lib/http/resource";
import { route } from "@/lib/http/route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  route(operations.readAlert, async ({ tenant, path }) => Response.json(await readAlert(tenant, path.id))),
  route(operations.changeAlert, async ({ tenant, path, body }) =>
    Response.json(await changeAlert(tenant, path.id, body.status)),
  ),
);
