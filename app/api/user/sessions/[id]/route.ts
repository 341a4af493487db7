import { callerRoute } from "@/lib/http/route";
import { SessionPath } from "@/lib/users/contract";
import { endOwnSession } from "@/lib/users/own-sessions";

export const DELETE = callerRoute({ path: SessionPath }, async ({ caller, path }) => {
  await endOwnSession(caller, path.id);
  return new Response(null, { status: 204 });
});
