import type { Metadata } from "next";
import { hostedLogoutUrl } from "@/lib/auth/next-auth";
import { SignOut } from "../(tenant)/sign-out";
import { currentCaller, currentName } from "../current-tenant";
import { CardPage } from "../ui/card-page";

export const metadata: Metadata = { title: "No tenant" };

export default async function NoTenant() {
  const { session } = await currentCaller();
  const next = session?.client === "web" ? hostedLogoutUrl() : "/signin";
  return (
    <CardPage title="Your account belongs to no tenant">
      <p className="text-sm text-muted">
        You are signed in as <strong className="break-all text-ink">{await currentName()}</strong>, but nobody
        has assigned this account to a tenant yet. Ask your administrator, then sign in again.
      </p>
      <SignOut next={next} />
    </CardPage>
  );
}
