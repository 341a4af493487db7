"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useLayoutEffect, useRef, useState } from "react";
import { itemShape } from "@/lib/items/answers";
import type { Item } from "@/lib/items/contract";
import { ask, isSignedOut, readJson } from "../../api-client";
import { focusFault } from "../../focus-fault";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Field, TextArea } from "../../ui/field";
import { Link } from "../../ui/link";
import { Notice } from "../../ui/notice";
import { type Unwritten, useWrite } from "../../use-write";
import { type Draft, dropDraft, keepDraft, keptDraft } from "./draft";
import { ItemConflict } from "./item-conflict";

const readItem = readJson(itemShape);

type Props = {
  /** Null for a new one. */
  item: Item | null;
  me: string;
  /** Whether it leads to the item's own page; not where that is behind it. */
  hasPage?: boolean;
  /** @param isStale something was refused, most likely because the list is out of date. */
  onClosed: (isStale: boolean) => void;
  onSaved: (item: Item) => void;
};

/** The form of an item. Nothing that was typed is lost: not to a refusal, a colleague, or a session that ended. */
export function ItemDialog({ item, me, hasPage = false, onClosed, onSaved }: Props) {
  const t = useTranslations("items");
  const common = useTranslations("common");
  const write = useWrite();
  const form = useRef<HTMLFormElement>(null);
  const [pending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<Unwritten | null>(null);
  /** The item as a colleague left it while this form was open. */
  const [theirs, setTheirs] = useState<Item | null>(null);
  const [version, setVersion] = useState(item?.version);
  const place = item?.id ?? "new";
  // After the first rendering, which a server does too: it knows of no draft.
  useLayoutEffect(() => {
    const draft = keptDraft(me, place);
    if (draft) fill(form.current, draft);
  }, [me, place]);

  async function save(over: number | undefined) {
    if (pending || !form.current) return;
    const fields = new FormData(form.current);
    const body = { name: String(fields.get("name")), description: String(fields.get("description")) };
    setPending(true);
    keepDraft(me, place, body);
    const written = item
      ? await write("PATCH", `/api/items/${item.id}`, { body, version: over, read: readItem })
      : await write("POST", "/api/items", { body, read: readItem });
    if (written.ok || !isSignedOut(written.code)) dropDraft(me, place);
    if (written.ok) return onSaved(written.answer);
    const isOvertaken = item !== null && written.code === "precondition_failed";
    const now = isOvertaken ? await ask(`/api/items/${item.id}`, { read: readItem }) : null;
    setTheirs(now?.ok ? now.answer : null);
    setPending(false);
    setRefusal(written);
    focusFault(form.current, written.fields);
  }

  function takeTheirs(): void {
    if (!theirs) return;
    fill(form.current, theirs);
    setVersion(theirs.version);
    setTheirs(null);
    setRefusal(null);
    (form.current?.elements.namedItem("name") as HTMLElement | null)?.focus();
  }

  const faults = refusal?.fields ?? {};
  const isFieldFault = Object.keys(faults).length > 0;
  return (
    <Dialog title={item ? t("editTitle") : t("new")} onClosed={() => onClosed(refusal !== null)}>
      {(close) => (
        <form
          ref={form}
          onSubmit={(event: FormEvent) => {
            event.preventDefault();
            void save(version);
          }}
          noValidate
          className="space-y-5"
        >
          {theirs ? (
            <ItemConflict
              theirs={theirs}
              pending={pending}
              onTake={takeTheirs}
              onOverwrite={() => void save(theirs.version)}
            />
          ) : (
            refusal && !isFieldFault && <Notice kind="error">{refusal.message}</Notice>
          )}
          <Field
            label={t("name")}
            name="name"
            defaultValue={item?.name}
            maxLength={200}
            autoComplete="off"
            error={faults.name}
            autoFocus
          />
          <TextArea
            label={t("description")}
            name="description"
            defaultValue={item?.description}
            maxLength={2000}
            error={faults.description}
          />
          <div className="flex flex-wrap items-center justify-end gap-3">
            {item && hasPage && (
              <Link
                href={`/items/${item.id}`}
                className="mr-auto inline-flex min-h-11 items-center text-sm text-muted underline decoration-line underline-offset-4 hover:text-ink"
              >
                {t("openPage")}
              </Link>
            )}
            <Button onClick={close}>{common("cancel")}</Button>
            {!theirs && (
              <Button type="submit" look="primary" pending={pending}>
                {item ? common("save") : t("add")}
              </Button>
            )}
          </div>
        </form>
      )}
    </Dialog>
  );
}

function fill(form: HTMLFormElement | null, draft: Draft): void {
  for (const name of ["name", "description"] as const) {
    const field = form?.elements.namedItem(name);
    if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) field.value = draft[name];
  }
}
