import { cookies } from "next/headers";
import { beginHandover, takeOver } from "@/lib/auth/session/handover";
import { cookieName, readSessionCookie } from "@/lib/auth/session/session-cookie";
import { carriedPath, localPath } from "@/lib/auth/sign-in/local-path";
import { tenantOfHost } from "@/lib/auth/tenancy/tenant-host";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { HOME } from "@/lib/home";
import { enter } from "@/lib/http/operations";
import { resource } from "@/lib/http/resource";
import { publicRoute } from "@/lib/http/route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  publicRoute(enter, async ({ query, request }) => {
    const tenant = tenantOfHost(request.headers.get("host"));
    if (tenant === null) throw new AppError("not_found");
    const jar = await cookies();
    const to = localPath(query.to) ?? HOME;
    if (query.code === undefined) {
      const state = beginHandover(jar);
      return seeOther(
        `${env().NEXTAUTH_URL}/enter?${new URLSearchParams({ tenant, state, to: carriedPath(to) })}`,
      );
    }
    const isTaken = await takeOver(jar, query.code, tenant);
    // Back leads here a second time, with a code that is used up and the session that it brought.
    if (isTaken || (await readSessionCookie(jar.get(cookieName("session"))?.value))) return seeOther(to);
    // No automatic retry: a browser without cookies would loop for ever.
    return seeOther(`${env().NEXTAUTH_URL}/signin?error=challenge_expired`);
  }),
);

function seeOther(location: string): Response {
  return new Response(null, { status: 303, headers: { Location: location } });
}
