import { publicRoute } from "@/lib/http/route";
import { ForgotPassword } from "@/lib/users/contract";
import { forgotPassword } from "@/lib/users/recovery";

export const POST = publicRoute({ body: ForgotPassword }, async ({ body, request }) => {
  await forgotPassword(request.headers, body);
  return Response.json({ ok: true });
});
