"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, type ReactNode, useState } from "react";
import { RefusalNotice } from "../refusal-notice";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { useToast } from "../ui/toast";
import { useFaultFocus } from "../use-fault-focus";
import { useRouter } from "../use-router";
import type { Unwritten, Written } from "../use-write";
import { useBegun } from "./use-begun";

type Props<T> = {
  /** The button that opens the dialog. */
  opener: { label: ReactNode; look?: "primary" | "plain" | "quiet" | "danger"; describe?: string };
  title: string;
  /** The address begins it, too: `?begin=` and this. */
  begins?: string;
  submit: { label: string; look?: "primary" | "danger" };
  send: (form: FormData) => Promise<Written<T>>;
  /** What to say once it is done, by the answer; nothing where the page itself shows it. */
  done?: (answer: T) => string;
  /** The fields, given what was wrong with each. */
  children: (faults: Record<string, string>) => ReactNode;
};

/** A button and the form that it opens in a dialog: what was typed stays until it is saved, and is sent once. */
export function WriteDialog<T>({ opener, title, begins, submit, send, done, children }: Props<T>) {
  const router = useRouter();
  const toast = useToast();
  const t = useTranslations("common");
  const [open, setOpen] = useState(false);
  const [pending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<Unwritten | null>(null);
  useBegun(begins, () => setOpen(true));
  const form = useFaultFocus(refusal);

  async function onSubmit(event: FormEvent<HTMLFormElement>, close: () => void) {
    event.preventDefault();
    if (pending) return;
    setPending(true);
    const written = await send(new FormData(event.currentTarget));
    setPending(false);
    if (!written.ok) return setRefusal(written);
    close();
    if (done) toast({ message: done(written.answer) });
    router.refresh();
  }

  function onClosed() {
    setOpen(false);
    // A refusal most likely means that the page is out of date.
    if (refusal) router.refresh();
    setRefusal(null);
  }

  const faults = refusal?.fields ?? {};
  return (
    <>
      <Button look={opener.look ?? "plain"} aria-label={opener.describe} onClick={() => setOpen(true)}>
        {opener.label}
      </Button>
      {open && (
        <Dialog title={title} onClosed={onClosed}>
          {(close) => (
            <form ref={form} onSubmit={(event) => onSubmit(event, close)} noValidate className="space-y-5">
              <RefusalNotice refusal={refusal} />
              {children(faults)}
              <div className="flex justify-end gap-3">
                <Button onClick={close}>{t("cancel")}</Button>
                <Button type="submit" look={submit.look ?? "primary"} pending={pending}>
                  {submit.label}
                </Button>
              </div>
            </form>
          )}
        </Dialog>
      )}
    </>
  );
}
