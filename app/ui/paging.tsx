import Link from "next/link";

/** To the next page of a list and back to its beginning. Both are addresses, so the Back button works. */
export function Paging({ newest, older }: { newest: string | null; older: string | null }) {
  if (newest === null && older === null) return null;
  const look =
    "inline-flex min-h-11 items-center rounded-lg border border-line bg-surface px-4 text-sm font-medium hover:bg-raised";
  return (
    <nav aria-label="Pages" className="flex gap-3">
      {newest !== null && (
        <Link href={newest} className={look}>
          Newest
        </Link>
      )}
      {older !== null && (
        <Link href={older} className={look}>
          Older
        </Link>
      )}
    </nav>
  );
}
