import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { afterSignOut } from "@/lib/auth/sign-in/next-auth";
import { tenantOrigin } from "@/lib/auth/tenancy/tenant-host";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { HOME } from "@/lib/home";
import { SignOut } from "../(tenant)/sign-out";
import { AnotherPerson } from "../another-person";
import { currentCaller, currentSession, ownTenant } from "../current-tenant";
import { ShownTo } from "../shown-to";
import { CardPage } from "../ui/card-page";
import { ClientWords } from "../words/client-words";
import { unsteered } from "../words/unsteered";
import { YourPreferences } from "../your-preferences";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("noTenant"))("title") };
}

export default async function NoTenant() {
  const { session, principal } = await currentCaller();
  const own = await ownTenant();
  const t = await getTranslations("noTenant");
  const email = (await currentSession()).name;
  const strong = (name: ReactNode) => (
    <strong className="wrap-anywhere text-ink">
      <bdi>{name}</bdi>
    </strong>
  );
  const next = afterSignOut(session);
  const leave = (
    <ClientWords of={["nav", "another"]}>
      <ShownTo sub={principal.sub} tenant={null} tenantHeader={env().TENANT_HEADER}>
        <AnotherPerson name={email} />
        <SignOut next={next} />
      </ShownTo>
    </ClientWords>
  );
  const isSuspended = own instanceof AppError && own.code === "tenant_suspended";
  return own instanceof AppError ? (
    <CardPage title={t(isSuspended ? "suspended" : "none")} corner={<YourPreferences />}>
      <p className="text-sm text-muted">
        {t.rich(isSuspended ? "suspendedWords" : "noneWords", { email, strong })}
      </p>
      {leave}
    </CardPage>
  ) : (
    <CardPage title={t("other")} corner={<YourPreferences />}>
      <p className="text-sm text-muted">{t.rich("otherWords", { email, strong, tenant: own })}</p>
      <div className="flex flex-wrap items-center gap-3">
        <a
          href={(tenantOrigin(own) ?? "") + HOME}
          className="inline-flex min-h-11 min-w-0 items-center font-medium wrap-anywhere text-accent underline"
        >
          {t("toOwn", { tenant: unsteered(own) })}
        </a>
        {leave}
      </div>
    </CardPage>
  );
}
