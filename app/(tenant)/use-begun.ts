"use client";

import { useSearchParams } from "next/navigation";
import { useEffect } from "react";
import { showAddress } from "../shown-address";

const BEGIN = "begin";

/**
 * Begins what the address asks for (`?begin=invite`), and takes that out of the address: a reload or a step back does
 * not begin it again.
 */
export function useBegun(name: string | undefined, begin: () => void): void {
  const asked = useSearchParams().get(BEGIN);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the address begins it.
  useEffect(() => {
    const here = new URL(window.location.href);
    if (name === undefined || here.searchParams.get(BEGIN) !== name) return;
    here.searchParams.delete(BEGIN);
    showAddress(here.pathname + here.search);
    begin();
  }, [asked]);
}
