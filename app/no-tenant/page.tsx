import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { afterSignOut } from "@/lib/auth/sign-in/next-auth";
import { tenantOrigin } from "@/lib/auth/tenancy/tenant-host";
import { env } from "@/lib/env";
import { AppError, type ErrorCode } from "@/lib/errors";
import { HOME } from "@/lib/home";
import { SignOut } from "../(tenant)/sign-out";
import { AnotherPerson } from "../another-person";
import { currentCaller, currentSession, ownTenant } from "../current-tenant";
import { FrontPage } from "../front-page";
import { ShownTo } from "../shown-to";
import { ClientWords } from "../words/client-words";
import { strongName } from "../words/strong-name";
import { unsteered } from "../words/unsteered";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("noTenant"))("title") };
}

/** Why somebody who is signed in is not served, where it is not that they have no tenant. */
const REASONS = {
  tenant_suspended: ["suspended", "suspendedWords"],
  single_sign_on_required: ["required", "requiredWords"],
  single_sign_on_refused: ["refused", "refusedWords"],
} as const satisfies Partial<Record<ErrorCode, readonly [string, string]>>;
const NONE = ["none", "noneWords"] as const;

export default async function NoTenant() {
  const { session, principal } = await currentCaller();
  const own = await ownTenant();
  const t = await getTranslations("noTenant");
  const email = (await currentSession()).name;
  const next = afterSignOut(session);
  const leave = (
    <ClientWords of={["nav", "another"]}>
      <ShownTo sub={principal.sub} tenant={null} tenantHeader={env().TENANT_HEADER}>
        <AnotherPerson name={email} />
        <SignOut next={next} />
      </ShownTo>
    </ClientWords>
  );
  const code = own instanceof AppError ? own.code : null;
  const [title, words] = code !== null && code in REASONS ? REASONS[code as keyof typeof REASONS] : NONE;
  return own instanceof AppError ? (
    <FrontPage title={t(title)}>
      <p className="text-sm text-muted">{t.rich(words, { email, strong: strongName })}</p>
      {leave}
    </FrontPage>
  ) : (
    <FrontPage title={t("other")}>
      <p className="text-sm text-muted">{t.rich("otherWords", { email, strong: strongName, tenant: own })}</p>
      <div className="flex flex-wrap items-center gap-3">
        <a
          href={(tenantOrigin(own) ?? "") + HOME}
          className="inline-flex min-h-11 min-w-0 items-center font-medium wrap-anywhere text-accent underline"
        >
          {t("toOwn", { tenant: unsteered(own) })}
        </a>
        {leave}
      </div>
    </FrontPage>
  );
}
