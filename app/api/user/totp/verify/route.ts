import { signInObserver } from "@/app/sign-in-observer";
import * as operations from "@/lib/http/operations/users";
import { resource } from "@/lib/http/resource";
import { callerRoute } from "@/lib/http/route";
import { verifyOwnAuthenticator } from "@/lib/users/second-factors";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  callerRoute(operations.verifyAuthenticator, async ({ caller, body }) => {
    await verifyOwnAuthenticator(signInObserver, caller, body);
    return Response.json({ ok: true });
  }),
);
