import type { Metadata } from "next";
import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { type PendingChallenge, readChallenge } from "@/lib/auth/session/challenge-cookie";
import { localPath } from "@/lib/auth/sign-in/local-path";
import { authenticatorUri } from "@/lib/cognito/authenticator";
import { HOME } from "@/lib/home";
import { FrontPage } from "../front-page";
import { AuthenticatorSecret } from "../ui/authenticator-secret";
import { QrCode } from "../ui/qr-code";
import { ClientWords } from "../words/client-words";
import { strongName } from "../words/strong-name";
import { ChallengeForm } from "./challenge-form";

const TITLES = {
  NEW_PASSWORD_REQUIRED: "newPassword",
  SOFTWARE_TOKEN_MFA: "enterCode",
  SMS_MFA: "enterCode",
  SELECT_MFA_TYPE: "select",
  MFA_SETUP: "setup",
} as const satisfies Record<PendingChallenge["challenge"], string>;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("challenge");
  const pending = await readChallenge(await cookies());
  return { title: t(pending ? TITLES[pending.challenge] : "enterCode") };
}

export default async function Challenge({ searchParams }: PageProps<"/challenge">) {
  const target = localPath((await searchParams).callbackUrl) ?? HOME;
  const pending = await readChallenge(await cookies());
  if (!pending) {
    redirect(`/signin?${new URLSearchParams({ callbackUrl: target, error: "challenge_expired" })}`);
  }
  const t = await getTranslations("challenge");
  return (
    <FrontPage title={t(TITLES[pending.challenge])}>
      <div className="space-y-4 text-sm text-muted">{await explain(pending)}</div>
      <ClientWords of={["challenge", "forms"]}>
        <ChallengeForm
          key={pending.challenge}
          challenge={pending.challenge}
          email={pending.email}
          callbackUrl={target}
        />
      </ClientWords>
    </FrontPage>
  );
}

async function explain(pending: PendingChallenge): Promise<ReactNode> {
  const t = await getTranslations("challenge");
  const forms = await getTranslations("forms");
  const { email } = pending;
  switch (pending.challenge) {
    case "NEW_PASSWORD_REQUIRED":
      return <p>{t.rich("newPasswordWords", { email, strong: strongName })}</p>;
    case "SOFTWARE_TOKEN_MFA":
      return <p>{t.rich("appWords", { email, strong: strongName })}</p>;
    case "SMS_MFA": {
      const phone = pending.destination;
      return <p>{phone ? t.rich("textWords", { phone, strong: strongName }) : t("textWordsUnknown")}</p>;
    }
    case "SELECT_MFA_TYPE":
      return <p>{t.rich("selectWords", { email, strong: strongName })}</p>;
    case "MFA_SETUP": {
      const uri = authenticatorUri(pending.secret, email);
      return (
        <>
          <p>{t("setupWords")}</p>
          <AuthenticatorSecret secret={pending.secret} uri={uri}>
            <QrCode text={uri} label={forms("qrCode")} />
          </AuthenticatorSecret>
        </>
      );
    }
  }
}
