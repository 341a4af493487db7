import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { CardPage } from "../ui/card-page";
import { ClientWords } from "../words/client-words";
import { YourPreferences } from "../your-preferences";
import { ForgotPasswordForm } from "./forgot-password-form";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("forgotPassword"))("title") };
}

export default async function ForgotPassword({ searchParams }: PageProps<"/forgot-password">) {
  // Where the mail with the code leads.
  const hasCode = (await searchParams).step === "code";
  const t = await getTranslations("forgotPassword");
  return (
    <CardPage title={t("title")} corner={<YourPreferences />}>
      <ClientWords of={["forgotPassword", "forms"]}>
        <ForgotPasswordForm hasCode={hasCode} />
      </ClientWords>
    </CardPage>
  );
}
