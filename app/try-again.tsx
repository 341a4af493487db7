"use client";

import { useTranslations } from "next-intl";
import { HOME } from "@/lib/home";
import { Button } from "./ui/button";

/** The two ways on from a page that failed. The start page is loaded anew: the application here may be what failed. */
export function TryAgain({ retry }: { retry: () => void }) {
  const t = useTranslations("common");
  return (
    <div className="flex gap-3">
      <Button look="primary" onClick={retry}>
        {t("tryAgain")}
      </Button>
      <a
        href={HOME}
        className="inline-flex min-h-11 items-center px-2 text-sm font-medium text-accent underline"
      >
        {t("toHome")}
      </a>
    </div>
  );
}
