import type { Metadata } from "next";
import type { ReactNode } from "react";
import { afterSignOut } from "@/lib/auth/next-auth";
import { listOwnSessions } from "@/lib/users/own-sessions";
import { readFactors } from "@/lib/users/second-factors";
import { currentCaller, currentSession, currentTenant } from "../../current-tenant";
import { Authenticator } from "./authenticator";
import { ChangePassword } from "./change-password";
import { PreferredFactor } from "./preferred-factor";
import { Sessions } from "./sessions";

export const metadata: Metadata = { title: "Account" };

export default async function AccountPage() {
  const { tenantId, role } = await currentTenant();
  const caller = await currentCaller();
  const [sessions, factors] = await Promise.all([listOwnSessions(caller), readFactors(caller)]);
  const cameFromHostedUi = caller.session?.client === "web";
  return (
    <>
      <h1 className="text-2xl font-semibold">Account</h1>
      <Section title="Who you are">
        <dl className="grid gap-x-6 gap-y-2 text-sm sm:grid-cols-[8rem_1fr]">
          <Fact name="Signed in as">{(await currentSession()).name}</Fact>
          <Fact name="Tenant">{tenantId}</Fact>
          <Fact name="Role">{role}</Fact>
          {factors.phone && <Fact name="Phone">{factors.phone}</Fact>}
        </dl>
      </Section>
      <Section title="Your sessions">
        {/* GlobalSignOut leaves the Hosted UI's cookie: whoever came in there has that cleared too. */}
        <Sessions sessions={sessions} signedOut={afterSignOut(caller.session, "signed_out_everywhere")} />
      </Section>
      {cameFromHostedUi ? (
        <Section title="Password and second step">
          <p className="text-sm text-muted">
            You came in through single sign-on. To change your password or your authenticator app, sign out
            and sign in with your e-mail and password.
          </p>
        </Section>
      ) : (
        <>
          <Section title="Password">
            <ChangePassword email={(await currentSession()).name} />
          </Section>
          <Section title="Second step">
            <Authenticator isOn={factors.enabled.includes("SOFTWARE_TOKEN_MFA")} />
            {factors.enabled.length > 1 && <PreferredFactor preferred={factors.preferred} />}
          </Section>
        </>
      )}
    </>
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
      <dd className="break-all">{children}</dd>
    </>
  );
}
