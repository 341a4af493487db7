"use client";

import { useRouter } from "../../../use-router";
import { useAlertStream } from "../use-alert-stream";

/** Has the page of an alert made anew when it changes. @param since when the page was read. */
export function LiveAlert({ id, since }: { id: string; since: string }) {
  const router = useRouter();
  const refresh = () => router.refresh();
  useAlertStream(since, {
    onAlerts: (changed) => changed.some((alert) => alert.id === id) && refresh(),
    onReset: refresh,
  });
  return null;
}
