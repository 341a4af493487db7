import { callerRoute } from "@/lib/http/route";
import { beginOwnAuthenticator, dropAuthenticator } from "@/lib/users/second-factors";

export const POST = callerRoute({}, async ({ caller }) => Response.json(await beginOwnAuthenticator(caller)));

export const DELETE = callerRoute({}, async ({ caller }) => {
  await dropAuthenticator(caller);
  return new Response(null, { status: 204 });
});
