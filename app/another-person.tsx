"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { objectOf, optional, text } from "@/lib/shape";
import { ask, readJson } from "./api-client";
import { loadAgain } from "./connection";
import { onAnother } from "./shown";
import { Button } from "./ui/button";
import { Dialog } from "./ui/dialog";
import { strongName } from "./words/strong-name";

/** What NextAuth says of who is signed in; no `user` when nobody is. */
const readSession = readJson(objectOf({ user: optional(objectOf({ name: text })) }));

/**
 * A dialog for when somebody else has signed in in another tab, or the tenant is another: nothing more is read or written
 * here until the page is reloaded. What was typed can still be copied.
 *
 * @param name whose page this is.
 */
export function AnotherPerson({ name }: { name: string }) {
  const t = useTranslations("another");
  const [isOpen, setOpen] = useState(false);
  /** Who is signed in now; null when that is not known. */
  const [now, setNow] = useState<string | null>(null);
  const [pending, setPending] = useState(false);
  useEffect(
    () =>
      onAnother(async () => {
        const session = await ask("/api/auth/session", { read: readSession });
        setNow((session.ok && session.answer.user?.name) || null);
        setOpen(true);
      }),
    [],
  );
  if (!isOpen) return null;
  return (
    <Dialog title={now === name ? t("tenantTitle") : t("title")} onClosed={() => setOpen(false)}>
      {(close) => (
        <div className="space-y-5">
          <p className="text-sm text-muted">
            {now === null || now === name
              ? t.rich(now === name ? "tenantWords" : "words", { name, strong: strongName })
              : t.rich("wordsNamed", { name, now, strong: strongName })}
          </p>
          <div className="flex flex-wrap justify-end gap-3">
            <Button onClick={close}>{t("stay")}</Button>
            <Button
              look="primary"
              autoFocus
              pending={pending}
              onClick={() => {
                setPending(true);
                void loadAgain();
              }}
            >
              {t("load")}
            </Button>
          </div>
        </div>
      )}
    </Dialog>
  );
}
