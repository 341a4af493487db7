import { ChevronLeft, ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { Link } from "./link";

/** To the next page of a list and back to its beginning. Both are addresses, so the Back button works. */
export function Paging({ newest, older }: { newest: string | null; older: string | null }) {
  const t = useTranslations("ui");
  if (newest === null && older === null) return null;
  const look =
    "inline-flex min-h-11 items-center gap-1.5 rounded-lg border border-line bg-surface px-4 text-sm font-medium hover:bg-raised";
  return (
    <nav aria-label={t("pages")} className="flex justify-between gap-3">
      {newest !== null && (
        <Link href={newest} className={look}>
          <ChevronLeft aria-hidden="true" className="-ml-1 size-4" />
          {t("newest")}
        </Link>
      )}
      {older !== null && (
        <Link href={older} className={`ml-auto ${look}`}>
          {t("older")}
          <ChevronRight aria-hidden="true" className="-mr-1 size-4" />
        </Link>
      )}
    </nav>
  );
}
