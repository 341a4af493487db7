import { ChevronLeft, ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { LinkButton } from "./link-button";

/** To the next page of a list and back to its beginning. Both are addresses, so the Back button works. */
export function Paging({ newest, older }: { newest: string | null; older: string | null }) {
  const t = useTranslations("ui");
  if (newest === null && older === null) return null;
  return (
    <nav aria-label={t("pages")} className="flex justify-between gap-3">
      {newest !== null && (
        <LinkButton href={newest}>
          <ChevronLeft aria-hidden="true" className="-ml-1 size-4" />
          {t("newest")}
        </LinkButton>
      )}
      {older !== null && (
        <LinkButton href={older} className="ml-auto">
          {t("older")}
          <ChevronRight aria-hidden="true" className="-mr-1 size-4" />
        </LinkButton>
      )}
    </nav>
  );
}
