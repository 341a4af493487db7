import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { afterSignOut } from "@/lib/auth/sign-in/next-auth";
import { mayChooseTenant } from "@/lib/auth/tenancy/tenant";
import { tenantName } from "@/lib/auth/tenancy/tenants";
import { env } from "@/lib/env";
import { HOME } from "@/lib/home";
import { currentCaller, currentPerson, currentTenant } from "../current-tenant";
import { preferences } from "../preferences";
import { Frame } from "./frame";
import { OfTenant } from "./of-tenant";
import { pagesFor } from "./pages-for";
import { offersFor } from "./palette/offers-for";

export default async function TenantLayout({ children }: { children: ReactNode }) {
  const tenant = await currentTenant();
  const { session } = await currentCaller();
  const [person, called, { theme }, roles] = await Promise.all([
    currentPerson(),
    tenantName(tenant.tenantId),
    preferences(),
    getTranslations("roles"),
  ]);
  return (
    <OfTenant words={["nav", "operator", "another", "palette", "notFound", "forbidden"]}>
      <Frame
        person={person}
        tenant={called}
        role={roles(tenant.role)}
        theme={theme}
        next={afterSignOut(session)}
        pages={pagesFor(tenant)}
        offers={offersFor(tenant)}
        mayChooseTenant={mayChooseTenant(tenant.principal)}
        foreign={tenant.isForeign ? { home: homeOutside() } : null}
      >
        {children}
      </Frame>
    </OfTenant>
  );
}

/** In subdomain mode an operator leaves a tenant by going to the main host, which leads home. */
function homeOutside(): string | null {
  return env().TENANT_MODE === "subdomain" ? env().NEXTAUTH_URL + HOME : null;
}
