"use client";

import { LogOut } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { AnotherPerson } from "../another-person";
import { Badge } from "../ui/badge";
import { Logo } from "../ui/logo";
import { MomentTip } from "../ui/moment-tip";
import { ChooseTenant } from "./choose-tenant";
import { ForeignTenantBanner } from "./foreign-tenant-banner";
import { NavDrawings } from "./nav-icon";
import { NavLinks, type NavPage } from "./nav-links";
import { Palette } from "./palette/palette";
import type { Offers } from "./palette/palette-dialog";
import { SignOut } from "./sign-out";
import { YourMenu, type YourMenuProps } from "./your-menu";

type Props = YourMenuProps & {
  /** Those that the person may see. */
  pages: readonly NavPage[];
  offers: Offers;
  mayChooseTenant: boolean;
  /** Of an operator elsewhere: where leaving leads to, if not to their own start page here. */
  foreign: { home: string | null } | null;
  children: ReactNode;
};

/**
 * What stands around every page of a tenant. A page is sent as elements and again as data for the browser; of the frame
 * the data are these few words, and its elements come from the script.
 */
export function Frame({ pages, offers, mayChooseTenant, foreign, children, ...yours }: Props) {
  const t = useTranslations("nav");
  const { person, tenant } = yours;
  return (
    <>
      <AnotherPerson name={person.address} />
      <NavDrawings of={pages.map(({ icon }) => icon)} />
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:absolute focus:top-2 focus:left-2 focus:z-30 focus:rounded-lg focus:bg-surface focus:px-4 focus:py-2"
      >
        {t("skip")}
      </a>
      {/* Where there is room for it, always in sight. */}
      <div className="z-20 tall:sticky tall:top-0">
        {foreign && <ForeignTenantBanner tenant={tenant} home={foreign.home} />}
        <header className="border-b border-line bg-surface">
          <div className="page-width flex flex-wrap items-center gap-x-2 px-4 py-1 sm:gap-x-4 md:flex-nowrap">
            <div className="flex min-w-0 items-center gap-3 max-md:flex-1 md:max-w-64 md:min-w-32 md:shrink-1000">
              <Logo />
              <Badge>
                <bdi>{tenant}</bdi>
              </Badge>
            </div>
            <div className="min-w-0 flex-1 max-md:order-last max-md:basis-full">
              <NavLinks pages={pages.filter(({ isInMenu }) => !isInMenu)} />
            </div>
            <div className="-mr-2 flex shrink-0 items-center">
              <Palette {...offers} pages={pages} />
              {mayChooseTenant && <ChooseTenant />}
              <YourMenu {...yours} pages={pages.flatMap((page) => (page.isInMenu ? page.name : []))} />
              {/* Apart from the menu: nobody signs out who wants to open that. On a phone it is in there, and below the page. */}
              <SignOut
                next={yours.next}
                className="ml-2 min-w-11 px-2! max-md:hidden"
                icon={<LogOut aria-hidden="true" className="size-4" />}
              />
            </div>
          </div>
        </header>
      </div>
      <main id="content" tabIndex={-1} className="page-width space-y-6 px-4 py-8">
        {children}
      </main>
      {/* One press on a phone too, and far from what else one presses. */}
      <footer className="page-width flex items-center justify-between gap-4 px-4 pb-8 text-sm text-muted md:hidden print:hidden">
        <bdi className="truncate">{person.address}</bdi>
        <SignOut next={yours.next} className="-mr-2 shrink-0 px-2!" />
      </footer>
      <MomentTip />
    </>
  );
}
