import { getTranslations } from "next-intl/server";
import type { Role } from "@/lib/roles";
import { PreferenceChoices } from "../preference-choices";
import { preferences } from "../preferences";
import { Initials } from "../ui/initials";
import { Link } from "../ui/link";
import { Popover } from "../ui/popover";
import { unsteered } from "../words/unsteered";
import { SignOut } from "./sign-out";

type Props = {
  person: { sub: string; name: string | null; address: string };
  /** What their tenant is called. */
  tenant: string;
  role: Role;
  /** The pages that have no place beside the others. */
  pages: string[];
  /** Where signing out leads to. */
  next: string;
};

/** Under one's initials: who one is here, and what is one's own. */
export async function YourMenu({ person, tenant, role, pages, next }: Props) {
  const t = await getTranslations("nav");
  const roles = await getTranslations("roles");
  const { locale, theme } = await preferences();
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
          {roles(role)} · <bdi>{tenant}</bdi>
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
      <div className="border-b border-line py-4">
        <PreferenceChoices locale={locale} theme={theme} />
      </div>
      <div className="-mx-2 -mb-2 pt-2">
        <SignOut next={next} className="w-full justify-start! px-2!" />
      </div>
    </Popover>
  );
}
