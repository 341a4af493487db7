"use client";

import { useTranslations } from "next-intl";
import { Button } from "./button";

/** At the end of a list that goes on. */
export function LoadMore({ pending, onClick }: { pending: boolean; onClick: () => void }) {
  const t = useTranslations("ui");
  return (
    <Button className="w-full" pending={pending} onClick={onClick}>
      {t("loadMore")}
    </Button>
  );
}
