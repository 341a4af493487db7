import Form from "next/form";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Button } from "../ui/button";

/** Filters that live in the address. `isFiltered`: there is something to clear. */
export async function FilterForm({
  path,
  label,
  isFiltered,
  children,
}: {
  path: string;
  label: string;
  isFiltered: boolean;
  children: ReactNode;
}) {
  const t = await getTranslations("filter");
  return (
    <Form
      action={path}
      role="search"
      aria-label={label}
      className="grid grid-cols-2 items-end gap-3 sm:flex sm:flex-wrap"
    >
      {children}
      <div className="flex items-center gap-1 max-sm:col-span-2">
        <Button type="submit">{t("show")}</Button>
        {isFiltered && (
          <Link
            href={path}
            className="inline-flex min-h-11 items-center rounded-lg px-3 text-sm text-muted hover:text-ink"
          >
            {t("clear")}
          </Link>
        )}
      </div>
    </Form>
  );
}
