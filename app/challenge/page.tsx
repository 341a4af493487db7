import type { Metadata } from "next";
import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { type PendingChallenge, readChallenge } from "@/lib/auth/challenge-cookie";
import { localPath } from "@/lib/auth/local-path";
import { authenticatorUri } from "@/lib/cognito/authenticator";
import { AuthenticatorSecret } from "../ui/authenticator-secret";
import { CardPage } from "../ui/card-page";
import { ChallengeForm } from "./challenge-form";

export const metadata: Metadata = { title: "One more step" };

export default async function Challenge({ searchParams }: PageProps<"/challenge">) {
  const target = localPath((await searchParams).callbackUrl) ?? "/items";
  const pending = await readChallenge(await cookies());
  if (!pending) {
    redirect(`/signin?${new URLSearchParams({ callbackUrl: target, error: "challenge_expired" })}`);
  }
  const { title, words } = explain(pending);
  return (
    <CardPage title={title}>
      <div className="space-y-4 text-sm text-muted">{words}</div>
      <ChallengeForm
        key={pending.challenge}
        challenge={pending.challenge}
        email={pending.email}
        callbackUrl={target}
      />
    </CardPage>
  );
}

function explain(pending: PendingChallenge): { title: string; words: ReactNode } {
  const email = <strong className="break-all text-ink">{pending.email}</strong>;
  switch (pending.challenge) {
    case "NEW_PASSWORD_REQUIRED":
      return {
        title: "Choose a new password",
        words: <p>The password you signed in with as {email} was temporary. Choose your own to go on.</p>,
      };
    case "SOFTWARE_TOKEN_MFA":
      return {
        title: "Enter your code",
        words: <p>Open your authenticator app and type the code that it shows for {email}.</p>,
      };
    case "SMS_MFA":
      return {
        title: "Enter your code",
        words: (
          <p>
            We sent a text message with a code to{" "}
            <strong className="text-ink">{pending.destination || "your phone"}</strong>.
          </p>
        ),
      };
    case "SELECT_MFA_TYPE":
      return { title: "How do you want to confirm?", words: <p>Signing in as {email}.</p> };
    case "MFA_SETUP":
      return {
        title: "Set up your authenticator app",
        words: (
          <>
            <p>
              Your organisation asks for a second step. Scan this with an authenticator app, then type its
              code.
            </p>
            <AuthenticatorSecret
              secret={pending.secret}
              uri={authenticatorUri(pending.secret, pending.email)}
            />
          </>
        ),
      };
  }
}
