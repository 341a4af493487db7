import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { HOME } from "@/lib/home";
import { FrontPage } from "../front-page";
import { Link } from "../ui/link";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("notFound"))("pageTitle") };
}

export default async function NotFound() {
  const t = await getTranslations("notFound");
  const common = await getTranslations("common");
  return (
    <FrontPage title={t("title")}>
      <p className="text-sm text-muted">{t("words")}</p>
      <Link href={HOME} className="inline-flex min-h-11 items-center font-medium text-accent underline">
        {common("toHome")}
      </Link>
    </FrontPage>
  );
}
