import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { env } from "@/lib/env";
import { CardPage } from "./ui/card-page";
import { YourPreferences } from "./your-preferences";

/** A card for whoever is not in a tenant yet, with what they may choose and read without being signed in. */
export function FrontPage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <CardPage title={title} corner={<YourPreferences />} foot={<FurtherReading />}>
      {children}
    </CardPage>
  );
}

/** Who helps, and what one agrees to, where whoever runs this has said so. */
async function FurtherReading() {
  const { HELP_URL, TERMS_URL, PRIVACY_URL } = env();
  const t = await getTranslations("frontPage");
  const links = [
    [HELP_URL, t("help")],
    [TERMS_URL, t("terms")],
    [PRIVACY_URL, t("privacy")],
  ] as const;
  const given = links.filter(([href]) => href !== undefined);
  if (given.length === 0) return null;
  return (
    <ul className="flex flex-wrap justify-center gap-x-6 text-sm">
      {given.map(([href, words]) => (
        <li key={words}>
          <a
            href={href}
            className="inline-flex min-h-11 items-center text-muted underline-offset-4 hover:text-ink hover:underline"
          >
            {words}
          </a>
        </li>
      ))}
    </ul>
  );
}
