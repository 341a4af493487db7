import type { Metadata, Viewport } from "next";
import { connection } from "next/server";
import type { ReactNode } from "react";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Sekisho", template: "%s · Sekisho" },
  description: "Your tenant's items and alerts.",
};
export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#fafaf9" },
    { media: "(prefers-color-scheme: dark)", color: "#0c0a09" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  // A page made at build time could not carry the nonce of its response.
  await connection();
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  );
}
