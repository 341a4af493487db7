import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

export { NotForYou as default } from "./dead-end";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("forbidden"))("pageTitle") };
}
