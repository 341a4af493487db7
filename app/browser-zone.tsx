"use client";

import { useEffect } from "react";
import { remember, ZONE_COOKIE } from "./preference-cookie";
import { useRouter } from "./use-router";

/** Tells the server the browser's time zone, once and whenever it changes: from then on times are written in it. */
export function BrowserZone({ known }: { known: string }) {
  const router = useRouter();
  useEffect(() => {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    if (!timeZone || document.cookie.split("; ").includes(`${ZONE_COOKIE}=${encodeURIComponent(timeZone)}`))
      return;
    remember(ZONE_COOKIE, timeZone);
    if (timeZone !== known) router.refresh();
  }, [router, known]);
  return null;
}
