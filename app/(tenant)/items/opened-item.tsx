"use client";

import { useEffect, useState } from "react";
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
  const item = useKept(opened, items);
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

/** The item of this id: also when it has gone from the list since it was opened, or what is being typed would go with it. */
function useKept(opened: string | null, items: Item[]): Item | null {
  const [kept, setKept] = useState<Item | null>(null);
  const found = items.find(({ id }) => id === opened);
  const item = found ?? (kept?.id === opened ? kept : null);
  if (item !== kept) setKept(item);
  return item;
}
