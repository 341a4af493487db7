import { idempotencyKey } from "@/lib/http/idempotency-key";
import { json } from "@/lib/http/json";
import { resource } from "@/lib/http/resource";
import { operatorRoute } from "@/lib/http/route";
import { inviteAdministrator } from "@/lib/platform/invite-administrator";
import * as operations from "@/lib/tenants/operations";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  operatorRoute(operations.inviteAdministrator, async ({ caller, path, body, request }) =>
    json(await inviteAdministrator(caller, path.id, { ...body, idempotencyKey: idempotencyKey(request) })),
  ),
);
