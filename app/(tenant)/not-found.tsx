import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

export { NothingThere as default } from "./dead-end";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("notFound"))("pageTitle") };
}
