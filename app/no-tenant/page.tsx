import type { Metadata } from "next";
import { afterSignOut } from "@/lib/auth/next-auth";
import { tenantOrigin } from "@/lib/auth/tenant-host";
import { SignOut } from "../(tenant)/sign-out";
import { currentCaller, currentSession, ownTenant } from "../current-tenant";
import { CardPage } from "../ui/card-page";

export const metadata: Metadata = { title: "No tenant" };

export default async function NoTenant() {
  const { session } = await currentCaller();
  const own = await ownTenant();
  const name = <strong className="break-all text-ink">{(await currentSession()).name}</strong>;
  const next = afterSignOut(session);
  return own === null ? (
    <CardPage title="Your account belongs to no tenant">
      <p className="text-sm text-muted">
        You are signed in as {name}, but nobody has assigned this account to a tenant yet. Ask your
        administrator, then sign in again.
      </p>
      <SignOut next={next} />
    </CardPage>
  ) : (
    <CardPage title="This is another tenant's address">
      <p className="text-sm text-muted">
        You are signed in as {name}, who belongs to <strong className="break-all text-ink">{own}</strong>.
      </p>
      <div className="flex flex-wrap items-center gap-3">
        <a
          href={`${tenantOrigin(own) ?? ""}/items`}
          className="inline-flex min-h-11 items-center font-medium break-all text-accent underline"
        >
          To {own}
        </a>
        <SignOut next={next} />
      </div>
    </CardPage>
  );
}
