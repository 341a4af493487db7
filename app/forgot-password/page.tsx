import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { FrontPage } from "../front-page";
import { ClientWords } from "../words/client-words";
import { AskForCode } from "./ask-for-code";
import { EnterCode } from "./enter-code";
import { stepIn } from "./steps";

type Props = PageProps<"/forgot-password">;

const TITLES = { ask: "title", code: "codeTitle", sent: "sentTitle" } as const;

const stepOf = async ({ searchParams }: Props) => stepIn((await searchParams).step);

export async function generateMetadata(props: Props): Promise<Metadata> {
  return { title: (await getTranslations("forgotPassword"))(TITLES[await stepOf(props)]) };
}

/** Two steps: ask for a code, then use it. Whoever has one already does not ask for another, which would void it. */
export default async function ForgotPassword(props: Props) {
  const step = await stepOf(props);
  const t = await getTranslations("forgotPassword");
  return (
    <FrontPage title={t(TITLES[step])}>
      <ClientWords of={["forgotPassword", "forms"]}>
        {step === "ask" ? <AskForCode /> : <EnterCode key={step} isSent={step === "sent"} />}
      </ClientWords>
      <p className="text-sm">
        <a href="/signin" className="text-muted underline hover:text-ink">
          {t("back")}
        </a>
      </p>
    </FrontPage>
  );
}
