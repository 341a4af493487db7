import * as operations from "@/lib/account/operations";
import { beginOwnPasskey, listOwnPasskeys } from "@/lib/account/own-passkeys";
import { json } from "@/lib/http/json";
import { resource } from "@/lib/http/resource";
import { callerRoute } from "@/lib/http/route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  callerRoute(operations.listPasskeys, async ({ caller }) => json(await listOwnPasskeys(caller))),
  callerRoute(operations.beginPasskey, async ({ caller, body }) => json(await beginOwnPasskey(caller, body))),
);
