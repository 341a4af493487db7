import { getTranslations } from "next-intl/server";
import { hasHostedUi } from "@/lib/auth/sign-in/next-auth";
import { passkeyOffer } from "@/lib/auth/sign-in/passkey-offer";
import { HostedSignIn } from "./hosted-sign-in";
import { PasskeySignIn } from "./passkey-sign-in";

/** The ways in besides the password, of those that Cognito offers. */
export async function OtherWays({ callbackUrl }: { callbackUrl: string }) {
  const { relyingParty } = (await passkeyOffer()) ?? {};
  if (!relyingParty) return <HostedWay callbackUrl={callbackUrl} />;
  return (
    <>
      <Or />
      <PasskeySignIn relyingParty={relyingParty} callbackUrl={callbackUrl} />
      {hasHostedUi() && <HostedSignIn callbackUrl={callbackUrl} />}
    </>
  );
}

/** Cognito's own pages alone, where there are some. */
export function HostedWay({ callbackUrl }: { callbackUrl: string }) {
  return (
    hasHostedUi() && (
      <>
        <Or />
        <HostedSignIn callbackUrl={callbackUrl} />
      </>
    )
  );
}

async function Or() {
  const t = await getTranslations("signin");
  return (
    <p className="flex items-center gap-3 text-sm text-muted before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
      {t("or")}
    </p>
  );
}
