import { ListAlerts, NewAlert } from "@/lib/alerts/contract";
import { createAlert } from "@/lib/alerts/create-alert";
import { listAlerts } from "@/lib/alerts/list-alerts";
import { paged } from "@/lib/http/paged";
import { route } from "@/lib/http/route";

export const GET = route(
  { permission: "alerts:read", query: ListAlerts },
  async ({ tenant, query, request }) => paged(await listAlerts(tenant, query), request),
);

export const POST = route({ permission: "alerts:write", body: NewAlert }, async ({ tenant, body }) => {
  const alert = await createAlert(tenant, body);
  return Response.json(alert, { status: 201, headers: { Location: `/api/alerts/${alert.id}` } });
});
