import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { HOME } from "@/lib/home";
import { Link } from "../ui/link";
import { OfTenant } from "./of-tenant";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("notFound"))("pageTitle") };
}

/** Something of the tenant that is not there, or no more: the frame leads on. */
export default async function NotFound() {
  const t = await getTranslations("notFound");
  const common = await getTranslations("common");
  return (
    <OfTenant>
      <h1 className="text-2xl font-semibold">{t("title")}</h1>
      <p className="text-muted">{t("words")}</p>
      <Link href={HOME} className="inline-flex min-h-11 items-center font-medium text-accent underline">
        {common("toHome")}
      </Link>
    </OfTenant>
  );
}
