"use client";

import { WifiOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useSyncExternalStore } from "react";
import { isWaiting, subscribe } from "./connection";
import { usePatientLinks } from "./use-patient-links";
import { useRouter } from "./use-router";

/** Shown while there is no connection; refreshes the page when it is back. */
export function OfflineNotice() {
  const t = useTranslations("failure");
  const router = useRouter();
  const title = useSyncExternalStore(
    subscribe,
    () => (!navigator.onLine ? "offlineTitle" : isWaiting() ? "unreachableTitle" : null),
    () => null,
  );
  usePatientLinks();
  useEffect(() => {
    const refresh = () => router.refresh();
    window.addEventListener("online", refresh);
    return () => window.removeEventListener("online", refresh);
  }, [router]);
  return (
    <div role="status">
      {title && (
        <p className="at-bottom fixed inset-x-0 bottom-(--bar) z-20 flex flex-wrap items-center justify-center gap-x-2 border-t border-warning/40 bg-surface px-4 py-3 text-sm">
          <WifiOff className="size-4 text-warning" />
          <strong>{t(title)}</strong> {t("offline")}
        </p>
      )}
    </div>
  );
}
