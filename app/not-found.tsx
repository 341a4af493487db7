import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { HOME } from "@/lib/home";
import { CardPage } from "./ui/card-page";
import { Link } from "./ui/link";
import { YourPreferences } from "./your-preferences";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("notFound"))("pageTitle") };
}

export default async function NotFound() {
  const t = await getTranslations("notFound");
  const common = await getTranslations("common");
  return (
    <CardPage title={t("title")} corner={<YourPreferences />}>
      <p className="text-sm text-muted">{t("words")}</p>
      <Link href={HOME} className="inline-flex min-h-11 items-center font-medium text-accent underline">
        {common("toHome")}
      </Link>
    </CardPage>
  );
}
