"use client";

import { KeyRound } from "lucide-react";
import { useTranslations } from "next-intl";
import { useCallback, useEffect, useEffectEvent, useRef, useState } from "react";
import { typedAddress } from "@/lib/typed";
import { leaveTo } from "../connection";
import { useHasPasskeys } from "../passkeys/has-passkeys";
import { Button } from "../ui/button";
import { Notice } from "../ui/notice";
import { errorWords } from "../words/error-words";
import type { Attempted } from "./attempt";
import { emailField, isEmail } from "./email-field";

type Props = { relyingParty: string; callbackUrl: string };

const load = () => import("./by-passkey");

/** Signs in with a passkey: by the button, or by the one that the browser suggests in the e-mail field. */
export function PasskeySignIn({ relyingParty, callbackUrl }: Props) {
  const t = useTranslations("signin");
  const errors = useTranslations("errors");
  const hasPasskeys = useHasPasskeys();
  const [pending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  /** A browser asks for one passkey at a time. */
  const asking = useRef<AbortController>(null);

  const begin = useCallback(() => {
    asking.current?.abort();
    asking.current = new AbortController();
    return asking.current.signal;
  }, []);

  function finish(attempted: Attempted): string | null {
    if ("refused" in attempted) return errorWords(errors, attempted.refused);
    const challenge = `/challenge?${new URLSearchParams({ callbackUrl })}`;
    void leaveTo("signedIn" in attempted ? callbackUrl : challenge);
    return null;
  }

  const wait = useEffectEvent(async () => {
    const signal = begin();
    if (!(await window.PublicKeyCredential?.isConditionalMediationAvailable?.())) return;
    const { signInByPasskey } = await load();
    if (signal.aborted) return;
    const asked = { email: null, relyingParty, callbackUrl, isWaiting: true, signal };
    const attempted = await signInByPasskey(asked);
    // What comes before somebody chose one is nothing to tell them.
    if (attempted && !signal.aborted) setRefusal(finish(attempted));
  });
  useEffect(() => {
    void wait();
    return () => asking.current?.abort();
  }, []);

  async function press() {
    const field = emailField();
    const email = typedAddress(field?.value ?? "");
    const signal = begin();
    setPending(true);
    setRefusal(null);
    const { signInByPasskey } = await load();
    const isTyped = field !== null && email !== "" && isEmail(field, email);
    const asked = { email: isTyped ? email : null, relyingParty, callbackUrl, signal };
    const attempted = await signInByPasskey(asked);
    const told = attempted ? finish(attempted) : t("passkeyNone");
    if (told === null) return;
    setRefusal(told);
    setPending(false);
    void wait();
  }

  if (!hasPasskeys) return null;
  return (
    <>
      {refusal && <Notice kind="error">{refusal}</Notice>}
      <Button className="w-full" pending={pending} onClick={press}>
        <KeyRound aria-hidden="true" className="size-4" />
        {t("passkey")}
      </Button>
    </>
  );
}
