"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useEffect } from "react";
import { loadAgain } from "./connection";
import { Me } from "./me";
import { differsFromShown, type Shown } from "./shown";

/**
 * Wraps what belongs to one person and one tenant. Tabs share their cookies, so what the router fetches may belong to
 * somebody else by now. It is then not shown on the first person's page, which is reloaded instead.
 */
export function ShownTo({ children, ...now }: Shown & { children: ReactNode }) {
  const t = useTranslations("errors");
  // A server has many documents at once: each of them remembers in its own browser.
  const difference = typeof window === "undefined" ? null : differsFromShown(now);
  useEffect(() => {
    if (difference) void loadAgain();
  }, [difference]);
  if (!difference) return <Me.Provider value={now.sub}>{children}</Me.Provider>;
  return (
    <p role="alert" className="page-width px-4 py-8 text-sm text-muted">
      {t(difference)}
    </p>
  );
}
