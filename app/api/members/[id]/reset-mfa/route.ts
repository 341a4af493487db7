import { json } from "@/lib/http/json";
import { resource } from "@/lib/http/resource";
import { route } from "@/lib/http/route";
import * as operations from "@/lib/members/operations";
import { resetMemberFactors } from "@/lib/members/reset-member";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  route(operations.resetMemberFactors, async ({ tenant, path }) =>
    json(await resetMemberFactors(tenant, path.id)),
  ),
);
