"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Item } from "@/lib/items/contract";
import { Button } from "../../../ui/button";
import { useRouter } from "../../../use-router";
import { ItemDialog } from "../item-dialog";

/** Changes the item that a page is about. */
export function EditItem({ item, me }: { item: Item; me: string }) {
  const t = useTranslations("items");
  const router = useRouter();
  const [isOpen, setIsOpen] = useState(false);
  const end = (isStale: boolean) => {
    setIsOpen(false);
    if (isStale) router.refresh();
  };
  return (
    <>
      <Button onClick={() => setIsOpen(true)}>{t("edit")}</Button>
      {isOpen && <ItemDialog item={item} me={me} onClosed={end} onSaved={() => end(true)} />}
    </>
  );
}
