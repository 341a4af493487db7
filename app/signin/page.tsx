import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { localPath } from "@/lib/auth/local-path";
import { isSignedIn } from "../current-tenant";
import { CardPage } from "../ui/card-page";
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
    </CardPage>
  );
}
