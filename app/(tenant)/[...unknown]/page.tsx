import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("notFound"))("pageTitle") };
}

/** An address that leads nowhere, for who is signed in: it is said within the frame, which leads on. */
export default function Unknown() {
  notFound();
}
