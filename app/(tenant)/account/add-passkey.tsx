"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { objectOf, text } from "@/lib/shape";
import { readJson } from "../../api-client";
import { useHasPasskeys } from "../../passkeys/has-passkeys";
import { rememberOwner } from "../../passkeys/owner";
import { Button } from "../../ui/button";
import { Notice } from "../../ui/notice";
import { useToast } from "../../ui/toast";
import { useRouter } from "../../use-router";
import { type Unwritten, useWrite } from "../../use-write";
import { PasswordAgain } from "./password-again";

const isCreation = objectOf<{ challenge: string; user: { id: string } }>({
  challenge: text,
  user: objectOf<{ id: string }>({ id: text }),
});
const readCreation = readJson((value): value is PublicKeyCredentialCreationOptionsJSON => isCreation(value));
const load = () => import("../../passkeys/webauthn");

/** Makes a passkey in this browser, after the password. */
export function AddPasskey() {
  const t = useTranslations("account");
  const write = useWrite({ conflict: t("noMorePasskeys") });
  const router = useRouter();
  const toast = useToast();
  const hasPasskeys = useHasPasskeys();
  /** A step is over: the button that replaces it takes the focus. */
  const [hasActed, setActed] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const [pending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<Pick<Unwritten, "message" | "fields"> | null>(null);

  async function add(password: string) {
    if (pending) return;
    setPending(true);
    setRefusal(null);
    // While Cognito answers. What fails to load now is loaded again when it is needed.
    void load().catch(() => {});
    const refused = await made(password);
    setPending(false);
    setRefusal(refused);
    // What is wrong with the password is told beside it; after anything else they begin anew.
    if (refused?.fields.password) return;
    setActed(true);
    setAsking(false);
    if (refused) return;
    toast({ message: t("passkeyAdded") });
    router.refresh();
  }

  async function made(password: string): Promise<Pick<Unwritten, "message" | "fields"> | null> {
    const begun = await write("POST", "/api/user/passkeys", { body: { password }, read: readCreation });
    if (!begun.ok) return begun;
    const { make } = await load();
    const outcome = await make(begun.answer);
    if (typeof outcome === "string") {
      return { message: t(outcome === "already" ? "passkeyThere" : "passkeyNotMade"), fields: {} };
    }
    const body = { credential: outcome.credential, password };
    const verified = await write("POST", "/api/user/passkeys/verify", { body });
    if (verified.ok) rememberOwner(begun.answer.user.id);
    return verified.ok ? null : verified;
  }

  function stop() {
    setActed(true);
    setAsking(false);
    setRefusal(null);
  }

  if (!hasPasskeys) return null;
  return (
    <div className="max-w-sm space-y-4 text-sm">
      {refusal && !refusal.fields.password && <Notice kind="error">{refusal.message}</Notice>}
      {isAsking ? (
        <PasswordAgain
          submit={{ label: t("makePasskey") }}
          error={refusal?.fields.password}
          pending={pending}
          onSend={add}
          onCancel={stop}
        />
      ) : (
        <Button autoFocus={hasActed} onClick={() => setAsking(true)}>
          {t("addPasskey")}
        </Button>
      )}
    </div>
  );
}
