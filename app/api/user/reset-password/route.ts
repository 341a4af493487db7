import { publicRoute } from "@/lib/http/route";
import { ResetPassword } from "@/lib/users/contract";
import { resetPassword } from "@/lib/users/recovery";

export const POST = publicRoute({ body: ResetPassword }, async ({ body, request }) => {
  await resetPassword(request.headers, body);
  return Response.json({ ok: true });
});
