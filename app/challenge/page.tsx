import type { Metadata } from "next";
import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { readChallenge } from "@/lib/auth/challenge-cookie";
import { localPath } from "@/lib/auth/local-path";
import { CardPage } from "../ui/card-page";
import { NewPasswordForm } from "./new-password-form";

export const metadata: Metadata = { title: "Choose a new password" };

export default async function Challenge({ searchParams }: PageProps<"/challenge">) {
  const target = localPath((await searchParams).callbackUrl) ?? "/items";
  const pending = await readChallenge(await cookies());
  if (!pending)
    redirect(`/signin?${new URLSearchParams({ callbackUrl: target, error: "challenge_expired" })}`);
  return (
    <CardPage title="Choose a new password">
      <p className="text-sm text-muted">
        The password you signed in with as <strong className="break-all text-ink">{pending.email}</strong> was
        temporary. Choose your own, and you are in.
      </p>
      <NewPasswordForm email={pending.email} callbackUrl={target} />
    </CardPage>
  );
}
