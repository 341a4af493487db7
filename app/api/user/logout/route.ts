import * as operations from "@/lib/http/operations/users";
import { resource } from "@/lib/http/resource";
import { callerRoute } from "@/lib/http/route";
import { logout } from "@/lib/users/sign-out";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  callerRoute(operations.logout, async ({ caller }) => {
    await logout(caller);
    return Response.json({ ok: true });
  }),
);
