import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { localPath } from "@/lib/auth/local-path";
import { hasHostedUi } from "@/lib/auth/next-auth";
import { isSignedIn } from "../current-tenant";
import { CardPage } from "../ui/card-page";
import { HostedSignIn } from "./hosted-sign-in";
import { wordsFor } from "./refusal";
import { SignInForm } from "./sign-in-form";

export const metadata: Metadata = { title: "Sign in" };

export default async function SignIn({ searchParams }: PageProps<"/signin">) {
  const { callbackUrl, error } = await searchParams;
  const target = localPath(callbackUrl) ?? "/items";
  if (await isSignedIn()) redirect(target);
  return (
    <CardPage title="Sign in">
      <SignInForm callbackUrl={target} notice={typeof error === "string" ? wordsFor(error) : null} />
      <p className="text-sm">
        <Link href="/forgot-password" className="text-muted underline hover:text-ink">
          Forgot your password?
        </Link>
      </p>
      {hasHostedUi() && (
        <>
          <p className="flex items-center gap-3 text-sm text-muted before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
            or
          </p>
          <HostedSignIn callbackUrl={target} />
        </>
      )}
    </CardPage>
  );
}
