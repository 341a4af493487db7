import type { Metadata, Viewport } from "next";
import { connection } from "next/server";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import "./globals.css";
import { BrowserZone } from "./browser-zone";
import { OfflineNotice } from "./offline-notice";
import { preferences } from "./preferences";
import { Toasts } from "./ui/toast";
import { clientWords } from "./words/client-words";
import { WordsAround } from "./words/words-around";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("common");
  return { title: { default: "Sekisho", template: "%s · Sekisho" }, description: t("description") };
}

const CANVAS = { light: "#faf9f7", dark: "#12100e" };

export async function generateViewport(): Promise<Viewport> {
  const { theme } = await preferences();
  if (theme !== "system") return { themeColor: CANVAS[theme] };
  const themeColor = (["light", "dark"] as const).map((each) => ({
    media: `(prefers-color-scheme: ${each})`,
    color: CANVAS[each],
  }));
  return { themeColor };
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  // A page made at build time could not carry the nonce of its response.
  await connection();
  const { locale, theme, timeZone } = await preferences();
  return (
    <html lang={locale} data-theme={theme}>
      <body>
        <WordsAround {...(await clientWords())}>
          <Toasts>{children}</Toasts>
          <OfflineNotice />
          <BrowserZone known={timeZone} />
        </WordsAround>
      </body>
    </html>
  );
}
