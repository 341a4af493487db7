import { callerRoute } from "@/lib/http/route";
import { PreferFactor } from "@/lib/users/contract";
import { preferFactor, readFactors } from "@/lib/users/second-factors";

export const GET = callerRoute({}, async ({ caller }) => Response.json(await readFactors(caller)));

export const PATCH = callerRoute({ body: PreferFactor }, async ({ caller, body }) => {
  await preferFactor(caller, body);
  return Response.json({ ok: true });
});
