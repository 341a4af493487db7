import { useLocale, useTranslations } from "next-intl";
import { LanguageChoice, ThemeChoice } from "../preference-choices";
import type { Theme } from "../theme";
import { Initials } from "../ui/initials";
import { Link } from "../ui/link";
import { Popover } from "../ui/popover";
import { unsteered } from "../words/unsteered";
import { SignOut } from "./sign-out";

export type YourMenuProps = {
  person: { sub: string; name: string | null; address: string };
  /** What their tenant is called. */
  tenant: string;
  /** What their role is called. */
  role: string;
  theme: Theme;
  /** Where signing out leads to. */
  next: string;
};

/** Under one's initials: who one is here, and what is one's own. @param pages those that have no place elsewhere. */
export function YourMenu({ person, tenant, role, theme, next, pages }: YourMenuProps & { pages: string[] }) {
  const t = useTranslations("nav");
  const locale = useLocale();
  const name = person.name ?? person.address;
  return (
    <Popover label={t("yours", { name: unsteered(name) })} icon={<Initials of={name} steady={person.sub} />}>
      <div className="border-b border-line pb-3 text-sm">
        <p className="font-medium wrap-anywhere">
          <bdi>{name}</bdi>
        </p>
        {person.name !== null && (
          <p className="text-muted wrap-anywhere">
            <bdi>{person.address}</bdi>
          </p>
        )}
        <p className="text-muted wrap-anywhere">
          {role} · <bdi>{tenant}</bdi>
        </p>
        <div className="mt-1">
          {["account", ...pages].map((page) => (
            <Link
              key={page}
              href={`/${page}`}
              className="-mx-2 flex min-h-11 items-center rounded-lg px-2 font-medium hover:bg-raised"
            >
              {t(page as "account")}
            </Link>
          ))}
        </div>
      </div>
      <div className="space-y-4 pt-4 max-md:border-b max-md:border-line max-md:pb-4">
        <LanguageChoice locale={locale} />
        <ThemeChoice theme={theme} />
      </div>
      {/* Elsewhere it stands beside the menu. */}
      <div className="-mx-2 -mb-2 pt-2 md:hidden">
        <SignOut next={next} className="w-full justify-start! px-2!" />
      </div>
    </Popover>
  );
}
