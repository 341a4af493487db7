import { readTenant } from "@/lib/account/operations";
import { toCurrentTenant } from "@/lib/auth/tenancy/me";
import { json } from "@/lib/http/json";
import { resource } from "@/lib/http/resource";
import { route } from "@/lib/http/route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  route(readTenant, async ({ tenant }) => json(toCurrentTenant(tenant))),
);
