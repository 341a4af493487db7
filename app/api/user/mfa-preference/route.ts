import { signInObserver } from "@/app/sign-in-observer";
import * as operations from "@/lib/http/operations/users";
import { resource } from "@/lib/http/resource";
import { callerRoute } from "@/lib/http/route";
import { preferFactor, readFactors } from "@/lib/users/second-factors";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  callerRoute(operations.readFactors, async ({ caller }) => Response.json(await readFactors(caller))),
  callerRoute(operations.preferFactor, async ({ caller, body }) => {
    await preferFactor(signInObserver, caller, body);
    return Response.json({ ok: true });
  }),
);
