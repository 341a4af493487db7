import { signInObserver } from "@/app/sign-in-observer";
import * as operations from "@/lib/account/operations";
import { beginOwnAuthenticator, dropAuthenticator } from "@/lib/account/second-factors";
import { json } from "@/lib/http/json";
import { resource } from "@/lib/http/resource";
import { callerRoute } from "@/lib/http/route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  callerRoute(operations.beginAuthenticator, async ({ caller, body }) =>
    json(await beginOwnAuthenticator(caller, body)),
  ),
  callerRoute(operations.dropAuthenticator, async ({ caller, body }) => {
    await dropAuthenticator(signInObserver, caller, body);
    return new Response(null, { status: 204 });
  }),
);
