"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Item } from "@/lib/items/contract";
import { useToast } from "../../ui/toast";
import { useRouter } from "../../use-router";
import { useWrite } from "../../use-write";
import { unsteered } from "../../words/unsteered";

/**
 * Deletes an item at once and offers to restore it. Nothing waits for a timer: leaving the page must not bring the item
 * back.
 */
export function useDelete() {
  const t = useTranslations("items");
  const router = useRouter();
  const toast = useToast();
  const write = useWrite({ precondition_failed: t("deleteChanged") });
  const [last, setLast] = useState<Item | null>(null);
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());

  function show(id: string, isShown: boolean) {
    setGone((before) => {
      const now = new Set(before);
      if (isShown) now.delete(id);
      else now.add(id);
      return now;
    });
  }

  async function remove(item: Item) {
    const { id, name, version } = item;
    show(id, false);
    const written = await write("DELETE", `/api/items/${id}`, { version });
    if (!written.ok) {
      if (written.code !== "not_found") show(id, true);
      toast({ message: written.message });
    } else {
      setLast(item);
      toast({
        message: t("deleted", { name: unsteered(name) }),
        action: { label: t("undo"), run: () => void restore(item) },
      });
    }
    router.refresh();
  }

  async function restore({ id, name }: Item) {
    setLast(null);
    const written = await write("POST", `/api/items/${id}/restore`);
    if (written.ok) show(id, true);
    toast({ message: written.ok ? t("restored", { name: unsteered(name) }) : written.message });
    router.refresh();
  }

  /** Restores what was deleted last, also when its toast has gone. */
  const undo = last && (() => void restore(last));
  return { gone, remove, undo };
}
