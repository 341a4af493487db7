import { signInObserver } from "@/app/sign-in-observer";
import * as operations from "@/lib/account/operations";
import { changePassword } from "@/lib/account/recovery";
import { json } from "@/lib/http/json";
import { resource } from "@/lib/http/resource";
import { callerRoute } from "@/lib/http/route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  callerRoute(operations.changePassword, async ({ caller, body }) => {
    await changePassword(signInObserver, caller, body);
    return json({ ok: true });
  }),
);
