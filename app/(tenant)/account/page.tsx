import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { afterSignOut } from "@/lib/auth/next-auth";
import { listOwnSessions } from "@/lib/users/own-sessions";
import { readFactors } from "@/lib/users/second-factors";
import { currentCaller, currentSession, currentTenant } from "../../current-tenant";
import { ClientWords } from "../../words/client-words";
import { Authenticator } from "./authenticator";
import { ChangePassword } from "./change-password";
import { PreferredFactor } from "./preferred-factor";
import { Sessions } from "./sessions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("account"))("title") };
}

export default async function AccountPage() {
  const { tenantId, role } = await currentTenant();
  const t = await getTranslations("account");
  const roles = await getTranslations("roles");
  const caller = await currentCaller();
  const [sessions, factors] = await Promise.all([listOwnSessions(caller), readFactors(caller)]);
  const cameFromHostedUi = caller.session?.client === "web";
  return (
    <ClientWords of={["account", "browser", "forms"]}>
      <h1 className="text-2xl font-semibold">{t("title")}</h1>
      <Section title={t("you")}>
        <dl className="grid gap-x-6 gap-y-2 text-sm sm:grid-cols-[8rem_1fr]">
          <Fact name={t("signedInAs")}>{(await currentSession()).name}</Fact>
          <Fact name={t("tenant")}>{tenantId}</Fact>
          <Fact name={t("role")}>{roles(role)}</Fact>
          {factors.phone && <Fact name={t("phone")}>{factors.phone}</Fact>}
        </dl>
      </Section>
      <Section title={t("sessions")}>
        <p className="text-sm text-muted">{t("sessionsWords")}</p>
        {/* GlobalSignOut leaves the Hosted UI's cookie: whoever came in there has that cleared too. */}
        <Sessions sessions={sessions} signedOut={afterSignOut(caller.session, "signed_out_everywhere")} />
      </Section>
      {cameFromHostedUi ? (
        <Section title={t("passwordAndStep")}>
          <p className="text-sm text-muted">{t("hostedWords")}</p>
        </Section>
      ) : (
        <>
          <Section title={t("password")}>
            <ChangePassword email={(await currentSession()).name} />
          </Section>
          <Section title={t("secondStep")}>
            <Authenticator isOn={factors.enabled.includes("SOFTWARE_TOKEN_MFA")} />
            {factors.enabled.length > 1 && <PreferredFactor preferred={factors.preferred} />}
          </Section>
        </>
      )}
    </ClientWords>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="space-y-4 rounded-xl border border-line bg-surface p-5">
      <h2 className="font-semibold">{title}</h2>
      {children}
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="wrap-anywhere">{children}</dd>
    </>
  );
}
