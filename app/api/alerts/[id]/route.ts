import { changeAlert } from "@/lib/alerts/change-alert";
import { AlertChange, AlertPath } from "@/lib/alerts/contract";
import { readAlert } from "@/lib/alerts/read-alert";
import { route } from "@/lib/http/route";

export const GET = route({ permission: "alerts:read", path: AlertPath }, async ({ tenant, path }) =>
  Response.json(await readAlert(tenant, path.id)),
);

export const PATCH = route(
  { permission: "alerts:write", path: AlertPath, body: AlertChange },
  async ({ tenant, path, body }) => Response.json(await changeAlert(tenant, path.id, body.status)),
);
