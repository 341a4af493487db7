import { changeMe, readMe } from "@/lib/account/operations";
import { changeOwnName } from "@/lib/account/own-name";
import { toMe } from "@/lib/auth/tenancy/me";
import { json } from "@/lib/http/json";
import { resource } from "@/lib/http/resource";
import { callerRoute } from "@/lib/http/route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  callerRoute(readMe, async ({ caller }) => json(toMe(caller.principal))),
  callerRoute(changeMe, async ({ caller, body }) => json(await changeOwnName(caller, body))),
);
