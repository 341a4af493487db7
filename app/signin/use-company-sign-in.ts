"use client";

import { useLocale } from "next-intl";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import type { Told } from "@/lib/auth/sign-in/error-parameter";
import { leaveToHostedUi } from "./hosted-ui";
import { findSignInWay } from "./sign-in-way";

const domainOf = (email: string) => email.slice(email.lastIndexOf("@") + 1).toLowerCase();

/**
 * Where companies have a sign-in of their own: finds out who comes by one of them, and sends them there.
 *
 * @param asksFirst whether any has one.
 */
export function useCompanySignIn(asksFirst: boolean, callbackUrl: string) {
  const lang = useLocale();
  /** The password is asked for: of whom it opens the door to, and of whoever wants it so. */
  const [hasPassword, setHasPassword] = useState(!asksFirst);
  const isAlways = useRef(!asksFirst);
  /** Of whom it is known that they come with a password. */
  const known = useRef<string>(null);

  /** @returns null where they come with a password, else why it cannot be found out; nothing while they are on their way. */
  async function follow(email: string): Promise<Told | null> {
    if (isAlways.current || known.current === domainOf(email)) return null;
    const way = await findSignInWay(email);
    if ("refused" in way) return way.refused;
    if ("domain" in way) return await leaveToHostedUi({ idp_identifier: way.domain, lang }, callbackUrl);
    known.current = domainOf(email);
    setHasPassword(true);
    return null;
  }

  function choosePassword(isUsed: boolean) {
    isAlways.current = isUsed;
    known.current = null;
    setHasPassword(isUsed);
  }

  return { hasPassword, follow, choosePassword };
}

/** Calls back when the browser shows this page again as it was left: with the Back button. */
export function useShownAgain(onShown: () => void): void {
  const show = useEffectEvent((event: PageTransitionEvent) => {
    if (event.persisted) onShown();
  });
  useEffect(() => {
    const onShow = (event: PageTransitionEvent) => show(event);
    window.addEventListener("pageshow", onShow);
    return () => window.removeEventListener("pageshow", onShow);
  }, []);
}
