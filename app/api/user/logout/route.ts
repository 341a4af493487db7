import { principalRoute } from "@/lib/http/route";
import { logout } from "@/lib/users/sign-out";

export const POST = principalRoute({}, async ({ principal }) => {
  await logout(principal);
  return Response.json({ ok: true });
});
