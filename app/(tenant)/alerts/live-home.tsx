"use client";

import { useRouter } from "../../use-router";
import { useAlertStream } from "./use-alert-stream";

/** Has the start page made anew when an alert changes. */
export function LiveHome({ since }: { since: string }) {
  const router = useRouter();
  const refresh = () => router.refresh();
  useAlertStream(since, { onAlerts: (changed) => changed.length > 0 && refresh(), onReset: refresh });
  return null;
}
