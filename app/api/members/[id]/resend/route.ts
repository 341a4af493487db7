import { json } from "@/lib/http/json";
import { resource } from "@/lib/http/resource";
import { route } from "@/lib/http/route";
import * as operations from "@/lib/members/operations";
import { resendInvitation } from "@/lib/members/reset-member";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  route(operations.resendInvitation, async ({ tenant, path }) =>
    json(await resendInvitation(tenant, path.id)),
  ),
);
