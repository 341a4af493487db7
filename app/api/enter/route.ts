import { cookies } from "next/headers";
import { beginHandover, takeOver } from "@/lib/auth/handover";
import { localPath } from "@/lib/auth/local-path";
import { tenantOfHost } from "@/lib/auth/tenant-host";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { enter } from "@/lib/http/operations/service";
import { resource } from "@/lib/http/resource";
import { publicRoute } from "@/lib/http/route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  publicRoute(enter, async ({ query, request }) => {
    const tenant = tenantOfHost(request.headers.get("host"));
    if (tenant === null) throw new AppError("not_found");
    const jar = await cookies();
    const to = localPath(query.to) ?? "/items";
    if (query.code === undefined) {
      const state = beginHandover(jar);
      return seeOther(`${env().NEXTAUTH_URL}/enter?${new URLSearchParams({ tenant, state, to })}`);
    }
    // No second try by itself: a browser that keeps no cookies would go round for ever.
    if (!(await takeOver(jar, query.code, tenant))) throw new AppError("challenge_expired");
    return seeOther(to);
  }),
);

function seeOther(location: string): Response {
  return new Response(null, { status: 303, headers: { Location: location } });
}
