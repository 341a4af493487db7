import Link from "next/link";
import { useTranslations } from "next-intl";

/** To the next page of a list and back to its beginning. Both are addresses, so the Back button works. */
export function Paging({ newest, older }: { newest: string | null; older: string | null }) {
  const t = useTranslations("ui");
  if (newest === null && older === null) return null;
  const look =
    "inline-flex min-h-11 items-center rounded-lg border border-line bg-surface px-4 text-sm font-medium hover:bg-raised";
  return (
    <nav aria-label={t("pages")} className="flex gap-3">
      {newest !== null && (
        <Link href={newest} className={look}>
          {t("newest")}
        </Link>
      )}
      {older !== null && (
        <Link href={older} className={look}>
          {t("older")}
        </Link>
      )}
    </nav>
  );
}
