import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { DeadEnd } from "./dead-end";
import { OfTenant } from "./of-tenant";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("forbidden"))("pageTitle") };
}

export default async function Forbidden() {
  const t = await getTranslations("forbidden");
  return (
    <OfTenant>
      <DeadEnd title={t("title")} words={t("words")} />
    </OfTenant>
  );
}
