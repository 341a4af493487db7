import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { afterSignOut } from "@/lib/auth/sign-in/next-auth";
import { mayChooseTenant } from "@/lib/auth/tenancy/tenant";
import { tenantName } from "@/lib/auth/tenancy/tenants";
import { env } from "@/lib/env";
import { HOME } from "@/lib/home";
import { AnotherPerson } from "../another-person";
import { currentCaller, currentPerson, currentTenant } from "../current-tenant";
import { Badge } from "../ui/badge";
import { Logo } from "../ui/logo";
import { MomentTip } from "../ui/moment-tip";
import { ClientWords } from "../words/client-words";
import { ChooseTenant } from "./choose-tenant";
import { ForeignTenantBanner } from "./foreign-tenant-banner";
import { NavDrawings } from "./nav-icon";
import { NavLinks } from "./nav-links";
import { OfTenant } from "./of-tenant";
import { pagesFor } from "./pages-for";
import { offersFor } from "./palette/offers-for";
import { Palette } from "./palette/palette";
import { YourMenu } from "./your-menu";

export default async function TenantLayout({ children }: { children: ReactNode }) {
  const tenant = await currentTenant();
  const { tenantId, role, isForeign, principal } = tenant;
  const { session } = await currentCaller();
  const [person, called] = await Promise.all([currentPerson(), tenantName(tenantId)]);
  const pages = pagesFor(tenant);
  const t = await getTranslations("nav");
  return (
    <OfTenant>
      <ClientWords of={["nav", "operator", "another", "palette"]}>
        <AnotherPerson name={person.address} />
        <NavDrawings of={pages.map(({ drawn }) => drawn)} />
        <a
          href="#content"
          className="sr-only focus:not-sr-only focus:absolute focus:top-2 focus:left-2 focus:z-30 focus:rounded-lg focus:bg-surface focus:px-4 focus:py-2"
        >
          {t("skip")}
        </a>
        {/* Where there is room for it, always in sight. */}
        <div className="z-20 tall:sticky tall:top-0">
          {isForeign && <ForeignTenantBanner tenant={called} home={homeOutside()} />}
          <header className="border-b border-line bg-surface">
            <div className="page-width flex flex-wrap items-center gap-x-2 px-4 py-1 sm:gap-x-4 md:flex-nowrap">
              <div className="flex min-w-0 items-center gap-3 max-md:flex-1 md:max-w-64 md:min-w-32 md:shrink-1000">
                <Logo />
                <Badge>
                  <bdi>{called}</bdi>
                </Badge>
              </div>
              <div className="min-w-0 flex-1 max-md:order-last max-md:basis-full">
                <NavLinks
                  pages={pages.flatMap(({ isInMenu, name, icon }) => (isInMenu ? [] : { name, icon }))}
                />
              </div>
              <div className="-mr-2 flex shrink-0 items-center">
                <Palette {...(await offersFor(tenant))} />
                {mayChooseTenant(principal) && <ChooseTenant />}
                <YourMenu
                  person={person}
                  tenant={called}
                  role={role}
                  pages={pages.flatMap((page) => (page.isInMenu ? page.name : []))}
                  next={afterSignOut(session)}
                />
              </div>
            </div>
          </header>
        </div>
        <main id="content" tabIndex={-1} className="page-width space-y-6 px-4 py-8">
          {children}
        </main>
        <MomentTip />
      </ClientWords>
    </OfTenant>
  );
}

/** In subdomain mode an operator leaves a tenant by going to the main host, which leads home. */
function homeOutside(): string | null {
  return env().TENANT_MODE === "subdomain" ? env().NEXTAUTH_URL + HOME : null;
}
