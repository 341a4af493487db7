"use client";

import { ArrowLeftRight } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "../ui/button";

/** Fetched when it is opened: a page is no heavier for it. */
const TenantDialog = dynamic(() => import("./tenant-dialog").then((file) => file.TenantDialog), {
  ssr: false,
});

/** Lets an operator choose another tenant to work in. */
export function ChooseTenant() {
  const t = useTranslations("operator");
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button look="quiet" aria-label={t("open")} title={t("open")} onClick={() => setOpen(true)}>
        <ArrowLeftRight aria-hidden="true" className="size-4" />
      </Button>
      {isOpen && <TenantDialog onClosed={() => setOpen(false)} />}
    </>
  );
}
