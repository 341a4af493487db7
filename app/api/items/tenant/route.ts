import { toCurrentTenant } from "@/lib/auth/tenancy/me";
import { json } from "@/lib/http/json";
import { resource } from "@/lib/http/resource";
import { route } from "@/lib/http/route";
import { readOriginalTenant } from "@/lib/items/operations";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  route(readOriginalTenant, async ({ tenant }) => json(toCurrentTenant(tenant))),
);
