import { getTranslations } from "next-intl/server";
import type { ComponentProps } from "react";
import { hasHostedUi } from "@/lib/auth/sign-in/next-auth";
import { passkeyOffer } from "@/lib/auth/sign-in/passkey-offer";
import { HostedSignIn } from "./hosted-sign-in";
import { PasskeySignIn } from "./passkey-sign-in";

type Props = ComponentProps<typeof HostedSignIn>;

/** The ways in besides the password, of those that Cognito offers. */
export async function OtherWays(props: Props) {
  const { relyingParty } = (await passkeyOffer()) ?? {};
  if (!relyingParty) return <HostedWay {...props} />;
  return (
    <>
      <Or />
      <PasskeySignIn relyingParty={relyingParty} callbackUrl={props.callbackUrl} />
      {hasHostedUi() && <HostedSignIn {...props} />}
    </>
  );
}

/** Cognito's own pages alone, where there are some. */
export function HostedWay(props: Props) {
  return (
    hasHostedUi() && (
      <>
        <Or />
        <HostedSignIn {...props} />
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
