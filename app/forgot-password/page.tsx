import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { FrontPage } from "../front-page";
import { ClientWords } from "../words/client-words";
import { ForgotPasswordForm } from "./forgot-password-form";

type Props = PageProps<"/forgot-password">;

/** Whether the visitor has a code already: the link in the mail says so. */
const hasCodeIn = async ({ searchParams }: Props) => (await searchParams).step === "code";

export async function generateMetadata(props: Props): Promise<Metadata> {
  const t = await getTranslations("forgotPassword");
  return { title: t((await hasCodeIn(props)) ? "codeTitle" : "title") };
}

export default async function ForgotPassword(props: Props) {
  const hasCode = await hasCodeIn(props);
  const t = await getTranslations("forgotPassword");
  return (
    <FrontPage title={t(hasCode ? "codeTitle" : "title")}>
      <ClientWords of={["forgotPassword", "forms"]}>
        <ForgotPasswordForm hasCode={hasCode} />
      </ClientWords>
    </FrontPage>
  );
}
