import { toMe } from "@/lib/auth/tenancy/me";
import { resource } from "@/lib/http/resource";
import { callerRoute } from "@/lib/http/route";
import { readOriginalMe } from "@/lib/items/operations";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  callerRoute(readOriginalMe, async ({ caller }) => Response.json(toMe(caller.principal))),
);
