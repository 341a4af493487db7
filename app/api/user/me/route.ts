import { changeMe, readMe } from "@/lib/account/operations";
import { changeOwnName } from "@/lib/account/own-name";
import { toMe } from "@/lib/auth/tenancy/me";
import { resource } from "@/lib/http/resource";
import { callerRoute } from "@/lib/http/route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  callerRoute(readMe, async ({ caller }) => Response.json(toMe(caller.principal))),
  callerRoute(changeMe, async ({ caller, body }) => Response.json(await changeOwnName(caller, body))),
);
