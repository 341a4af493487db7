import { callerRoute } from "@/lib/http/route";
import { VerifyAuthenticator } from "@/lib/users/contract";
import { verifyOwnAuthenticator } from "@/lib/users/second-factors";

export const POST = callerRoute({ body: VerifyAuthenticator }, async ({ caller, body, request }) => {
  await verifyOwnAuthenticator(request.headers, caller, body);
  return Response.json({ ok: true });
});
