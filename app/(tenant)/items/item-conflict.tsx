"use client";

import { useTranslations } from "next-intl";
import type { Item } from "@/lib/items/contract";
import { Button } from "../../ui/button";

type Props = { theirs: Item; pending: boolean; onTake: () => void; onOverwrite: () => void };

/** Shows a colleague's version of the item above one's own, and asks which of the two to keep. */
export function ItemConflict({ theirs, pending, onTake, onOverwrite }: Props) {
  const t = useTranslations("items");
  return (
    <div
      ref={takeFocus}
      role="alert"
      tabIndex={-1}
      className="space-y-3 rounded-lg border border-warning/40 bg-warning/10 p-4 text-sm"
    >
      <p className="font-medium">{t("conflict")}</p>
      <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-1">
        <dt className="text-muted">{t("name")}</dt>
        <dd className="min-w-0 break-words">
          <bdi>{theirs.name}</bdi>
        </dd>
        <dt className="text-muted">{t("description")}</dt>
        <dd dir="auto" className="max-h-32 min-w-0 overflow-y-auto break-words whitespace-pre-line">
          {theirs.description || "–"}
        </dd>
      </dl>
      <p className="text-muted">{t("conflictWords")}</p>
      <div className="flex flex-wrap gap-3">
        <Button onClick={onTake} disabled={pending}>
          {t("takeTheirs")}
        </Button>
        <Button onClick={onOverwrite} pending={pending}>
          {t("overwrite")}
        </Button>
      </div>
    </div>
  );
}

/** The button that was pressed is gone: the focus moves to this question. */
function takeFocus(box: HTMLElement | null): void {
  if (document.activeElement === document.body) box?.focus();
}
