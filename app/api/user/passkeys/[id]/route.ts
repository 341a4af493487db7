import { signInObserver } from "@/app/sign-in-observer";
import * as operations from "@/lib/account/operations";
import { removeOwnPasskey, renameOwnPasskey } from "@/lib/account/own-passkeys";
import { json } from "@/lib/http/json";
import { resource } from "@/lib/http/resource";
import { callerRoute } from "@/lib/http/route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  callerRoute(operations.renamePasskey, async ({ caller, path, body }) => {
    await renameOwnPasskey(caller, path.id, body);
    return json({ ok: true });
  }),
  callerRoute(operations.removePasskey, async ({ caller, path, body }) => {
    await removeOwnPasskey(signInObserver, caller, { ...body, id: path.id });
    return new Response(null, { status: 204 });
  }),
);
