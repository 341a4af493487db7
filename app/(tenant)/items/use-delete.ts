"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { itemOutcomeShape } from "@/lib/items/answers";
import type { Item } from "@/lib/items/contract";
import { arrayOf } from "@/lib/shape";
import { readJson } from "../../api-client";
import { useToast } from "../../ui/toast";
import { useRouter } from "../../use-router";
import { useWrite } from "../../use-write";
import { unsteered } from "../../words/unsteered";

const readOutcomes = readJson(arrayOf(itemOutcomeShape));

/**
 * Deletes items at once and offers to restore them. Nothing waits for a timer: leaving the page must not bring them
 * back. One alone is deleted only as it was shown.
 */
export function useDelete() {
  const t = useTranslations("items");
  const router = useRouter();
  const toast = useToast();
  const write = useWrite({ precondition_failed: t("deleteChanged") });
  const [last, setLast] = useState<Item[]>([]);
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  const [restored, setRestored] = useState<ReadonlySet<string>>(new Set());

  function show(ids: string[], isShown: boolean) {
    setGone((before) => new Set([...before].filter((id) => !ids.includes(id)).concat(isShown ? [] : ids)));
  }

  async function send(path: "delete" | "restore", items: Item[]) {
    const ids = items.map(({ id }) => id);
    const written = await write("POST", `/api/items/${path}`, { body: { ids }, read: readOutcomes });
    if (!written.ok) return written;
    const done = new Set(written.answer.filter(({ outcome }) => outcome === "done").map(({ id }) => id));
    return { ...written, items: items.filter(({ id }) => done.has(id)) };
  }

  const named = (key: "deleted" | "restored", items: Item[]) => {
    const [one] = items;
    return one && items.length === 1
      ? t(key, { name: unsteered(one.name) })
      : t(key === "deleted" ? "deletedMany" : "restoredMany", { count: items.length });
  };

  async function remove(items: Item[]) {
    const ids = items.map(({ id }) => id);
    show(ids, false);
    const [one] = items;
    const written =
      one && items.length === 1
        ? { ...(await write("DELETE", `/api/items/${one.id}`, { version: one.version })), items }
        : await send("delete", items);
    if (!written.ok) {
      if (written.code !== "not_found") show(ids, true);
      toast({ message: written.message });
    } else {
      const kept = items.filter((item) => !written.items.includes(item));
      show(
        kept.map(({ id }) => id),
        true,
      );
      setLast(written.items);
      toast({
        message: named("deleted", written.items),
        action: { label: t("undo"), run: () => void restore(written.items) },
      });
    }
    router.refresh();
  }

  async function restore(items: Item[]) {
    setLast([]);
    const [one] = items;
    const written =
      one && items.length === 1
        ? { ...(await write("POST", `/api/items/${one.id}/restore`)), items }
        : await send("restore", items);
    if (written.ok) {
      const back = written.items.map(({ id }) => id);
      show(back, true);
      setRestored(new Set(back));
    }
    toast({ message: written.ok ? named("restored", written.items) : written.message });
    router.refresh();
  }

  /** Restores what was deleted last, also when its toast has gone. */
  const undo = last.length > 0 ? () => void restore(last) : null;
  return { gone, restored, remove, undo };
}
