import { signInObserver } from "@/app/sign-in-observer";
import * as operations from "@/lib/account/operations";
import { verifyOwnPasskey } from "@/lib/account/own-passkeys";
import { json } from "@/lib/http/json";
import { resource } from "@/lib/http/resource";
import { callerRoute } from "@/lib/http/route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  callerRoute(operations.verifyPasskey, async ({ caller, body, request }) => {
    const userAgent = request.headers.get("user-agent") ?? "";
    await verifyOwnPasskey(signInObserver, caller, { ...body, userAgent });
    return json({ ok: true });
  }),
);
