import { callerRoute } from "@/lib/http/route";
import { logout } from "@/lib/users/sign-out";

export const POST = callerRoute({}, async ({ caller }) => {
  await logout(caller.principal);
  return Response.json({ ok: true });
});
