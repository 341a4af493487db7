import { getTranslations } from "next-intl/server";
import { LinkButton } from "../../ui/link-button";
import { BeginIcon } from "../nav-icon";
import type { Offers } from "../palette/palette-dialog";

/** What somebody may begin, one press from where they land. */
export async function BeginLinks({ begun }: Pick<Offers, "begun">) {
  const t = await getTranslations("palette");
  return (
    <ul className="flex flex-wrap gap-2 max-sm:grid max-sm:w-full max-sm:auto-cols-fr max-sm:grid-flow-col">
      {begun.map(({ label, href }) => (
        <li key={href}>
          <LinkButton
            href={href}
            className="max-sm:h-full max-sm:w-full max-sm:flex-col max-sm:gap-1 max-sm:px-1! max-sm:py-2 max-sm:text-center max-sm:text-xs max-sm:wrap-anywhere"
          >
            <BeginIcon />
            {t(label as "title")}
          </LinkButton>
        </li>
      ))}
    </ul>
  );
}
