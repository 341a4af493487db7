"use client";

import { useSyncExternalStore } from "react";

const neverChanges = () => () => {};

/** Whether this browser knows passkeys; taken for granted until the page's scripts run. */
export function useHasPasskeys(): boolean {
  return useSyncExternalStore(
    neverChanges,
    () => "PublicKeyCredential" in window,
    () => true,
  );
}
