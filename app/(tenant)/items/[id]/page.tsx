import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { cache, type ReactNode } from "react";
import { AppError } from "@/lib/errors";
import { type Item, ItemPath } from "@/lib/items/contract";
import { WRITE_ITEMS } from "@/lib/items/permissions";
import { readItem } from "@/lib/items/read-item";
import { may } from "@/lib/roles";
import { currentTenant } from "../../../current-tenant";
import { Moment } from "../../../ui/moment";
import { History } from "../../history";
import { OfTenant } from "../../of-tenant";
import { PersonName } from "../../person-name";
import { RowTitle } from "../../row-title";
import { EditItem } from "./edit-item";

/** Read once for the title and the page. */
const shownItem = cache(async (id: string): Promise<Item> => {
  const tenant = await currentTenant();
  if (!ItemPath.safeParse({ id }).success) notFound();
  return readItem(tenant, id).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  });
});

export async function generateMetadata({ params }: PageProps<"/items/[id]">): Promise<Metadata> {
  return { title: (await shownItem((await params).id)).name };
}

export default async function ItemPage({ params }: PageProps<"/items/[id]">) {
  const tenant = await currentTenant();
  const { id } = await params;
  const item = await shownItem(id);
  const t = await getTranslations("items");
  return (
    <OfTenant words={["items"]}>
      <RowTitle list={{ href: "/items", label: t("back") }} name={item.name}>
        {may(tenant.role, WRITE_ITEMS) && <EditItem item={item} me={tenant.principal.sub} />}
      </RowTitle>
      <div className="grid grid-cols-1 gap-6 md:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <p
          dir="auto"
          className={`rounded-xl border border-line bg-surface p-5 text-start wrap-anywhere whitespace-pre-line ${item.description ? "" : "text-muted"}`}
        >
          {item.description || t("noDescription")}
        </p>
        <dl className="grid grid-cols-[auto_1fr] content-start gap-x-5 gap-y-2 rounded-xl border border-line bg-surface p-5 text-sm tabular-nums">
          <Fact label={t("owner")}>
            <PersonName person={item.owner} />
          </Fact>
          <Fact label={t("created")}>
            <Moment iso={item.created_at} />
          </Fact>
          <Fact label={t("changed")}>
            <Moment iso={item.updated_at} />
          </Fact>
        </dl>
      </div>
      <History tenant={tenant} id={id} title={t("history")} />
    </OfTenant>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{label}</dt>
      <dd className="min-w-0 wrap-anywhere">{children}</dd>
    </>
  );
}
