import type { Metadata } from "next";
import { forbidden } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { hasHostedUi } from "@/lib/auth/sign-in/next-auth";
import { providerNameOf } from "@/lib/auth/single-sign-on/provider-name";
import { listMembers } from "@/lib/members/list-members";
import { may } from "@/lib/roles";
import { MANAGE_SESSION_LIMITS } from "@/lib/session-limits/permissions";
import { readSessionLimits } from "@/lib/session-limits/read-session-limits";
import type { SingleSignOn } from "@/lib/single-sign-on/contract";
import { mayBeEmergency } from "@/lib/single-sign-on/emergency";
import { MANAGE_SINGLE_SIGN_ON } from "@/lib/single-sign-on/permissions";
import { readSingleSignOn } from "@/lib/single-sign-on/read-single-sign-on";
import { currentTenant } from "../../current-tenant";
import { Badge, type Tone } from "../../ui/badge";
import { Notice } from "../../ui/notice";
import { OfTenant } from "../of-tenant";
import { DomainsStep } from "./domains-step";
import { NewcomersStep } from "./newcomers-step";
import { ProviderStep } from "./provider-step";
import { SessionLimits } from "./session-limits";
import { StateStep } from "./state-step";
import { Part, Step } from "./step";
import { TestStep } from "./test-step";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("singleSignOn"))("title") };
}

const TONES: Record<SingleSignOn["state"], Tone> = { off: "neutral", on: "good", required: "warning" };

/** What became of a test that led back here. */
const OUTCOMES = ["passed", "other_way", "changed"] as const;

export default async function SingleSignOnPage({ searchParams }: PageProps<"/single-sign-on">) {
  const tenant = await currentTenant();
  if (!may(tenant.role, MANAGE_SINGLE_SIGN_ON)) forbidden();
  const t = await getTranslations("singleSignOn");
  const { sub } = tenant.principal;
  const limitWords = await getTranslations("sessionLimits");
  const [own, administrators, limits] = await Promise.all([
    readSingleSignOn(tenant),
    listMembers(tenant, { role: "admin", status: "active", limit: 100 }),
    readSessionLimits(tenant),
  ]);
  const isPossible = hasHostedUi() && providerNameOf(tenant.tenantId) !== null;
  const { provider, is_settled, state, tested_at, domains } = own;
  const proved = domains.filter(({ proved_at }) => proved_at !== null).length;
  const { test } = await searchParams;
  const badge = (is: boolean, good: string, not: string) => (
    <Badge tone={is ? "good" : "neutral"}>{is ? good : not}</Badge>
  );
  return (
    <OfTenant words={["singleSignOn", "memberRole", "sessionLimits"]}>
      <div>
        <div className="flex flex-wrap items-center gap-3">
          <h1 tabIndex={-1} className="text-2xl font-semibold">
            {t("title")}
          </h1>
          <Badge tone={TONES[state]}>{t(state)}</Badge>
        </div>
        <p className="mt-2 max-w-prose text-sm text-muted">{t("words")}</p>
      </div>
      {isPossible ? (
        <ol className="space-y-4">
          <Step
            number={1}
            title={t("providerTitle")}
            words={t("providerWords")}
            state={badge(provider !== null && is_settled, t("done"), t("open"))}
          >
            <ProviderStep own={own} />
          </Step>
          <Step
            number={2}
            title={t("testTitle")}
            words={t("testWords")}
            state={badge(tested_at !== null, t("done"), t("open"))}
          >
            <TestStep own={own} outcome={OUTCOMES.find((each) => each === test) ?? null} />
          </Step>
          <Step
            number={3}
            title={t("domainsTitle")}
            words={t("domainsWords")}
            state={badge(proved > 0, t("done"), t("open"))}
          >
            <DomainsStep own={own} />
          </Step>
          <Step number={4} title={t("newcomersTitle")} words={t("newcomersWords")}>
            <NewcomersStep own={own} />
          </Step>
          <Step
            number={5}
            title={t("stateTitle")}
            words={t("stateWords")}
            state={<Badge tone={TONES[state]}>{t(state)}</Badge>}
          >
            <StateStep own={own} administrators={administrators.rows.filter(mayBeEmergency)} sub={sub} />
          </Step>
        </ol>
      ) : (
        <Notice kind="info">{t(hasHostedUi() ? "noName" : "noHostedUi")}</Notice>
      )}
      <p className="max-w-prose text-sm text-muted">{t("signOutWords")}</p>
      {may(tenant.role, MANAGE_SESSION_LIMITS) && (
        <Part title={limitWords("title")} words={limitWords("words")}>
          <SessionLimits own={limits} />
        </Part>
      )}
    </OfTenant>
  );
}
