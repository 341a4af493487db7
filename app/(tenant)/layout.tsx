import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { afterSignOut } from "@/lib/auth/sign-in/next-auth";
import { mayChooseTenant } from "@/lib/auth/tenancy/tenant";
import { listTenants, tenantName } from "@/lib/auth/tenancy/tenants";
import { env } from "@/lib/env";
import { FEATURES } from "@/lib/features";
import { HOME } from "@/lib/home";
import { may, type Role } from "@/lib/roles";
import { AnotherPerson } from "../another-person";
import { currentCaller, currentSession, currentTenant } from "../current-tenant";
import { Badge } from "../ui/badge";
import { Logo } from "../ui/logo";
import { ClientWords } from "../words/client-words";
import { YourPreferences } from "../your-preferences";
import { ChooseTenant, ForeignTenantBanner } from "./acting-tenant";
import { NavLinks } from "./nav-links";
import { OfTenant } from "./of-tenant";
import { SignOut } from "./sign-out";

export default async function TenantLayout({ children }: { children: ReactNode }) {
  const { tenantId, role, isForeign, principal } = await currentTenant();
  const { session } = await currentCaller();
  const { name } = await currentSession();
  const next = afterSignOut(session);
  const t = await getTranslations("nav");
  const roles = await getTranslations("roles");
  return (
    <OfTenant>
      <ClientWords of={["nav", "operator", "another"]}>
        <AnotherPerson name={name} />
        <a
          href="#content"
          className="sr-only focus:not-sr-only focus:absolute focus:top-2 focus:left-2 focus:z-10 focus:rounded-lg focus:bg-surface focus:px-4 focus:py-2"
        >
          {t("skip")}
        </a>
        {isForeign && <ForeignTenantBanner tenantId={tenantId} home={homeOutside()} />}
        <header className="border-b border-line bg-surface">
          <div className="mx-auto flex max-w-5xl flex-wrap items-center gap-x-2 px-4 py-1.5 sm:gap-x-6 lg:flex-nowrap">
            <div className="flex min-w-0 items-center gap-3 max-lg:flex-1 max-lg:basis-36 lg:max-w-64 lg:min-w-40 lg:shrink-1000">
              <Logo />
              <Badge>
                <bdi>{await tenantName(tenantId)}</bdi>
              </Badge>
            </div>
            <div className="min-w-0 max-lg:order-last max-lg:w-full">
              <NavLinks pages={pagesFor(role)} />
            </div>
            {/* Takes what is left, if anything is. */}
            <div className="min-w-0 flex-1 basis-0 text-right text-xs leading-4 text-muted max-lg:hidden">
              <p className="truncate">
                <bdi>{name}</bdi>
              </p>
              <p>{roles(role)}</p>
            </div>
            <div className="-mr-4 flex shrink-0 items-center gap-1 text-sm whitespace-nowrap max-lg:ml-auto">
              {mayChooseTenant(principal) && <ChooseTenant known={await listTenants()} />}
              <YourPreferences />
              <SignOut next={next} />
            </div>
          </div>
        </header>
        <main id="content" tabIndex={-1} className="mx-auto max-w-5xl space-y-6 px-4 py-8">
          {children}
        </main>
      </ClientWords>
    </OfTenant>
  );
}

function pagesFor(role: Role): string[] {
  const allowed = FEATURES.filter(({ page }) => page && may(role, page.needs));
  return ["home", ...allowed.map(({ name }) => name), "account"];
}

/** In subdomain mode an operator leaves a tenant by going to the main host, which leads home. */
function homeOutside(): string | null {
  return env().TENANT_MODE === "subdomain" ? env().NEXTAUTH_URL + HOME : null;
}
