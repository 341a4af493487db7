import { createAlert } from "@/lib/alerts/create-alert";
import { listAlerts } from "@/lib/alerts/list-alerts";
import * as operations from "@/lib/alerts/operations";
import { requireListExpected, versioned } from "@/lib/http/conditions";
import { idempotencyKey } from "@/lib/http/idempotency-key";
import { paged } from "@/lib/http/paged";
import { resource } from "@/lib/http/resource";
import { route } from "@/lib/http/route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  route(operations.listAlerts, async ({ tenant, query, request }) =>
    paged(await listAlerts(tenant, query), request),
  ),
  route(operations.createAlert, async ({ tenant, body, request }) => {
    requireListExpected(request);
    const alert = await createAlert(tenant, body, { idempotencyKey: idempotencyKey(request) });
    return versioned(alert, { status: 201, headers: { Location: `/api/alerts/${alert.id}` } });
  }),
);
