import { signInObserver } from "@/app/sign-in-observer";
import * as operations from "@/lib/account/operations";
import { preferFactor, readFactors } from "@/lib/account/second-factors";
import { json } from "@/lib/http/json";
import { resource } from "@/lib/http/resource";
import { callerRoute } from "@/lib/http/route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  callerRoute(operations.readFactors, async ({ caller }) => json(await readFactors(caller))),
  callerRoute(operations.preferFactor, async ({ caller, body }) => {
    await preferFactor(signInObserver, caller, body);
    return json({ ok: true });
  }),
);
