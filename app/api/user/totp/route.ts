import * as operations from "@/lib/http/operations/users";
import { resource } from "@/lib/http/resource";
import { callerRoute } from "@/lib/http/route";
import { beginOwnAuthenticator, dropAuthenticator } from "@/lib/users/second-factors";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  callerRoute(operations.beginAuthenticator, async ({ caller }) =>
    Response.json(await beginOwnAuthenticator(caller)),
  ),
  callerRoute(operations.dropAuthenticator, async ({ caller }) => {
    await dropAuthenticator(caller);
    return new Response(null, { status: 204 });
  }),
);
