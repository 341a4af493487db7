import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

export { NothingAtAll as default } from "./nothing-at-all";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("notFound"))("pageTitle") };
}
