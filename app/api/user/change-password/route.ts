import { callerRoute } from "@/lib/http/route";
import { ChangePassword } from "@/lib/users/contract";
import { changePassword } from "@/lib/users/recovery";

export const POST = callerRoute({ body: ChangePassword }, async ({ caller, body, request }) => {
  await changePassword(request.headers, caller, body);
  return Response.json({ ok: true });
});
