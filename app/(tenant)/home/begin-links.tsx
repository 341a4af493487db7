import { getTranslations } from "next-intl/server";
import { Link } from "../../ui/link";
import { BeginIcon } from "../nav-icon";
import type { Offers } from "../palette/palette-dialog";

/** What somebody may begin, one press from where they land. */
export async function BeginLinks({ begun }: Pick<Offers, "begun">) {
  const t = await getTranslations("palette");
  return (
    <ul className="flex flex-wrap gap-2">
      {begun.map(({ label, href }) => (
        <li key={href}>
          <Link
            href={href}
            className="inline-flex min-h-11 items-center gap-2 rounded-lg border border-line bg-surface px-3.5 text-sm font-medium transition-colors hover:bg-raised active:bg-line"
          >
            <BeginIcon />
            {t(label as "title")}
          </Link>
        </li>
      ))}
    </ul>
  );
}
