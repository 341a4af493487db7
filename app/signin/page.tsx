import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { readErrorParameter, type Told } from "@/lib/auth/sign-in/error-parameter";
import { localPath } from "@/lib/auth/sign-in/local-path";
import { hasHostedUi } from "@/lib/auth/sign-in/next-auth";
import { env } from "@/lib/env";
import { HOME } from "@/lib/home";
import { isSignedIn } from "../current-tenant";
import { FrontPage } from "../front-page";
import { Link } from "../ui/link";
import { Notice } from "../ui/notice";
import { ClientWords } from "../words/client-words";
import { errorWords } from "../words/error-words";
import { anyCompany } from "./any-company";
import { HostedWay, OtherWays } from "./other-ways";
import { SignInForm } from "./sign-in-form";

export async function generateMetadata(): Promise<Metadata> {
  const [t, common] = await Promise.all([getTranslations("signin"), getTranslations("common")]);
  return {
    title: t("title"),
    // The one page that whoever fetches a link for its picture can see.
    metadataBase: new URL(env().NEXTAUTH_URL),
    openGraph: { type: "website", siteName: "Sekisho", title: "Sekisho", description: common("description") },
  };
}

export default async function SignIn({ searchParams }: PageProps<"/signin">) {
  const { callbackUrl, error } = await searchParams;
  const target = localPath(callbackUrl) ?? HOME;
  const cause = typeof error === "string" ? readErrorParameter(error) : null;
  // Whom a tenant's host did not let in would be sent there again, and round and round.
  if (cause?.code !== "challenge_expired" && (await isSignedIn())) redirect(target);
  const t = await getTranslations("signin");
  const hasCompanies = hasHostedUi() && (await anyCompany());
  const other = { callbackUrl: target, isOwnOnly: hasCompanies };
  return (
    <FrontPage title={t("title")}>
      <p className="text-sm text-muted">{t("next")}</p>
      <noscript>
        <Notice kind="error">{t("no_script")}</Notice>
      </noscript>
      <ClientWords of={["signin", "forms"]}>
        <SignInForm
          callbackUrl={target}
          notice={cause === null ? null : await noticeOf(cause)}
          cause={cause?.code ?? null}
          asksFirst={hasCompanies}
        />
        <p className="text-sm">
          <Link href="/forgot-password" className="text-muted underline hover:text-ink">
            {t("forgot")}
          </Link>
        </p>
        {/* Cognito is asked once a minute what it offers: nobody waits for it to type their password. */}
        <Suspense fallback={<HostedWay {...other} />}>
          <OtherWays {...other} />
        </Suspense>
      </ClientWords>
    </FrontPage>
  );
}

/** What brought one here: good news too comes by this way. */
async function noticeOf(cause: Told): Promise<string> {
  const notices = await getTranslations("notices");
  const good = [
    "password_reset",
    "signed_out_everywhere",
    "signed_out_unconfirmed",
    "single_sign_on_linked",
  ] as const;
  const told = good.find((each) => each === cause.code);
  if (told) return notices(told);
  return errorWords(await getTranslations("errors"), cause);
}
