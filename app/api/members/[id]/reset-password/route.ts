import { json } from "@/lib/http/json";
import { resource } from "@/lib/http/resource";
import { route } from "@/lib/http/route";
import * as operations from "@/lib/members/operations";
import { resetMemberPassword } from "@/lib/members/reset-member";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  route(operations.resetMemberPassword, async ({ tenant, path }) =>
    json(await resetMemberPassword(tenant, path.id)),
  ),
);
