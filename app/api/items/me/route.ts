import { toMe } from "@/lib/auth/tenancy/me";
import { json } from "@/lib/http/json";
import { resource } from "@/lib/http/resource";
import { callerRoute } from "@/lib/http/route";
import { readOriginalMe } from "@/lib/items/operations";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  callerRoute(readOriginalMe, async ({ caller }) => json(toMe(caller.principal))),
);
