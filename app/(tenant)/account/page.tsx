import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { ownNotices } from "@/lib/account/own-notices";
import { listOwnSessions } from "@/lib/account/own-sessions";
import { afterSignOut } from "@/lib/auth/sign-in/next-auth";
import { tenantName } from "@/lib/auth/tenancy/tenants";
import type { PasskeyPolicy } from "@/lib/cognito/passkey-policy";
import { currentCaller, currentPerson, currentTenant } from "../../current-tenant";
import { Badge } from "../../ui/badge";
import { OfTenant } from "../of-tenant";
import { AddPasskey } from "./add-passkey";
import { Authenticator } from "./authenticator";
import { ChangeName } from "./change-name";
import { ChangePassword } from "./change-password";
import { ownFactors } from "./own-factors";
import { ownPasskeys } from "./own-passkeys";
import { Passkeys } from "./passkeys";
import { PreferredFactor } from "./preferred-factor";
import { RecentChanges } from "./recent-changes";
import { Sessions } from "./sessions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("account"))("title") };
}

export default async function AccountPage() {
  const tenant = await currentTenant();
  const { tenantId, role } = tenant;
  const t = await getTranslations("account");
  const roles = await getTranslations("roles");
  const caller = await currentCaller();
  const [sessions, factors, passkeys, notices, person, called] = await Promise.all([
    listOwnSessions(caller),
    ownFactors(),
    ownPasskeys(),
    ownNotices(tenant),
    currentPerson(),
    tenantName(tenantId),
  ]);
  const isOn = factors.enabled.length > 0;
  const hasApp = factors.enabled.includes("SOFTWARE_TOKEN_MFA");
  const areResting = isOn && passkeys?.offer.isBothSteps === false;
  const cameFromHostedUi = caller.session?.client === "web";
  return (
    <OfTenant words={["account", "browser", "forms"]}>
      <h1 className="text-2xl font-semibold">{t("title")}</h1>
      <Section title={t("you")}>
        <dl className="grid gap-x-6 gap-y-3 text-sm sm:grid-cols-[8rem_1fr] sm:items-baseline">
          {!tenant.isForeign && (
            <Fact
              name={t("name")}
              beside={!cameFromHostedUi && <ChangeName name={person.name} />}
              hint={cameFromHostedUi && t("nameFromElsewhere")}
            >
              {person.name ?? t("noName")}
            </Fact>
          )}
          <Fact name={t("signedInAs")}>{person.address}</Fact>
          <Fact name={t("tenant")}>{called}</Fact>
          <Fact name={t("role")}>{roles(role)}</Fact>
          {factors.phone && <Fact name={t("phone")}>{factors.phone}</Fact>}
        </dl>
      </Section>
      {notices.length > 0 && (
        <Section title={t("changes")} words={t("changesWords")}>
          <RecentChanges notices={notices} label={t("changes")} />
        </Section>
      )}
      <Section title={t("sessions")} words={t("sessionsWords")}>
        {/* GlobalSignOut leaves the Hosted UI's cookie; a sign-in from there is led to Cognito to clear it. */}
        <Sessions
          sessions={sessions}
          hasPassword={!cameFromHostedUi}
          signedOut={afterSignOut(caller.session, "signed_out_everywhere")}
          unconfirmed={afterSignOut(caller.session, "signed_out_unconfirmed")}
        />
      </Section>
      {cameFromHostedUi ? (
        <Section title={t("passwordAndStep")} words={t("hostedWords")} />
      ) : (
        <>
          <Section title={t("password")}>
            <ChangePassword email={person.address} />
          </Section>
          <Section
            title={t("secondStep")}
            words={t(hasApp ? "appOn" : "appOff")}
            state={<Badge tone={isOn ? "good" : "neutral"}>{t(isOn ? "on" : "off")}</Badge>}
          >
            <Authenticator isOn={hasApp} />
            {factors.enabled.length > 1 && <PreferredFactor preferred={factors.preferred} />}
          </Section>
          {passkeys && (
            <Section title={t("passkeys")} words={t(wordsOf(passkeys.offer))}>
              {areResting && <p className="text-sm text-muted">{t("passkeysNotWithStep")}</p>}
              <Passkeys
                passkeys={passkeys.passkeys}
                relyingParty={passkeys.offer.relyingParty}
                owner={Buffer.from(caller.principal.sub).toString("base64url")}
              />
              {!areResting && <AddPasskey />}
            </Section>
          )}
        </>
      )}
    </OfTenant>
  );
}

const wordsOf = ({ isBothSteps }: PasskeyPolicy) => (isBothSteps ? "passkeysWords" : "passkeysAloneWords");

type SectionProps = {
  title: string;
  /** What it is for. */
  words?: string;
  /** Its state, next to the title. */
  state?: ReactNode;
  children?: ReactNode;
};

/** The title and its purpose on the left, the content on the right; stacked on a phone. */
function Section({ title, words, state, children }: SectionProps) {
  return (
    <section className="grid gap-x-8 gap-y-4 rounded-xl border border-line bg-surface p-4 sm:p-5 md:grid-cols-[15rem_minmax(0,1fr)]">
      <div className={children ? "" : "md:col-span-2"}>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h2 className="font-semibold">{title}</h2>
          {state}
        </div>
        {words && <p className="mt-1 text-sm text-muted">{words}</p>}
      </div>
      {children && <div className="min-w-0 space-y-5">{children}</div>}
    </section>
  );
}

type FactProps = { name: string; beside?: ReactNode; hint?: ReactNode; children: ReactNode };

function Fact({ name, beside, hint, children }: FactProps) {
  return (
    <div className="contents">
      <dt className="text-muted max-sm:-mb-3">{name}</dt>
      <dd className="wrap-anywhere">
        <bdi>{children}</bdi>
        {beside}
        {hint && <p className="text-xs text-muted">{hint}</p>}
      </dd>
    </div>
  );
}
