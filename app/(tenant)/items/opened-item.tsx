"use client";

import { useEffect } from "react";
import type { Item } from "@/lib/items/contract";
import { useRouter } from "../../use-router";
import { ItemDialog } from "./item-dialog";
import type { useOpenedItem } from "./use-opened-item";

type Props = {
  dialog: ReturnType<typeof useOpenedItem>;
  /** Those that are known here. */
  items: Item[];
  me: string;
  onSaved: (item: Item) => void;
};

/** The dialog of the item that is open, or of a new one. */
export function OpenedItem({ dialog, items, me, onSaved }: Props) {
  const router = useRouter();
  const { opened, isInAddress, close } = dialog;
  const item = items.find(({ id }) => id === opened) ?? null;
  const isUnknown = opened !== null && opened !== "new" && item === null;
  // Forward may lead to an item that is gone by now: the server says so.
  const asksServer = isUnknown && isInAddress;
  useEffect(() => {
    if (asksServer) router.refresh();
  }, [asksServer, router]);
  if (opened === null || isUnknown) return null;
  return (
    <ItemDialog
      key={opened}
      item={item}
      me={me}
      hasPage
      onClosed={(isStale) => void close().then(() => isStale && router.refresh())}
      onSaved={(saved) => void close().then(() => onSaved(saved))}
    />
  );
}
