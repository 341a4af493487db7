import { signInObserver } from "@/app/sign-in-observer";
import * as operations from "@/lib/http/operations/users";
import { resource } from "@/lib/http/resource";
import { callerRoute } from "@/lib/http/route";
import { changePassword } from "@/lib/users/recovery";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  callerRoute(operations.changePassword, async ({ caller, body }) => {
    await changePassword(signInObserver, caller, body);
    return Response.json({ ok: true });
  }),
);
