import { notFound, redirect } from "next/navigation";
import { handOver } from "@/lib/auth/session/handover";
import { carriedPath, localPath } from "@/lib/auth/sign-in/local-path";
import { tenantOrigin } from "@/lib/auth/tenancy/tenant-host";
import { HOME } from "@/lib/home";
import { currentCaller, currentSession, tenantCalled } from "../current-tenant";

/** On the main host, on the way to a tenant's own: signs in if need be, and goes back there with the session. */
export default async function Enter({ searchParams }: PageProps<"/enter">): Promise<never> {
  const { tenant, state, to } = await searchParams;
  const origin = typeof tenant === "string" ? tenantOrigin(tenant) : null;
  if (typeof tenant !== "string" || typeof state !== "string" || origin === null) notFound();
  const { tenantId } = await tenantCalled(tenant, await currentCaller());
  const code = await handOver(await currentSession(), tenantId, state.slice(0, 100));
  redirect(`${origin}/api/enter?${new URLSearchParams({ code, to: carriedPath(localPath(to) ?? HOME) })}`);
}
