import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { cache } from "react";
import { type Alert, AlertPath } from "@/lib/alerts/contract";
import { WRITE_ALERTS } from "@/lib/alerts/permissions";
import { readAlert } from "@/lib/alerts/read-alert";
import { AppError } from "@/lib/errors";
import { may } from "@/lib/roles";
import { currentTenant } from "../../../current-tenant";
import { Badge } from "../../../ui/badge";
import { Link } from "../../../ui/link";
import { Moment } from "../../../ui/moment";
import { ClientWords } from "../../../words/client-words";
import { BackLink } from "../../back-link";
import { History } from "../../history";
import { listAddress } from "../../list-address";
import { OfTenant } from "../../of-tenant";
import { PersonName } from "../../person-name";
import { SEVERITY, STATUS_TONE } from "../alert-tones";
import { alertWords } from "../alert-words";
import { AlertActions } from "./alert-actions";

/** Read once for the title and the page. */
const shownAlert = cache(async (id: string): Promise<Alert> => {
  const tenant = await currentTenant();
  if (!AlertPath.safeParse({ id }).success) notFound();
  return readAlert(tenant, id).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  });
});

const wordsOf = async (alert: Alert) =>
  alertWords(alert, {
    notices: await getTranslations("accountNotices"),
    browser: await getTranslations("browser"),
  });

export async function generateMetadata({ params }: PageProps<"/alerts/[id]">): Promise<Metadata> {
  return { title: (await wordsOf(await shownAlert((await params).id))).title };
}

export default async function AlertPage({ params }: PageProps<"/alerts/[id]">) {
  const tenant = await currentTenant();
  const alert = await shownAlert((await params).id);
  const t = await getTranslations("alerts");
  const { title, detail } = await wordsOf(alert);
  const { severity, status, source } = alert;
  return (
    <OfTenant>
      <ClientWords of={["alerts"]}>
        <div>
          <BackLink href="/alerts">{t("back")}</BackLink>
          <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-3">
            <h1 tabIndex={-1} className="min-w-0 flex-1 basis-60 text-2xl font-semibold wrap-anywhere">
              <bdi>{title}</bdi>
            </h1>
            {may(tenant.role, WRITE_ALERTS) && <AlertActions id={alert.id} status={status} />}
          </div>
          <p className="mt-2 flex flex-wrap gap-2">
            <Badge tone={SEVERITY[severity].tone}>{t(severity)}</Badge>
            <Badge tone={STATUS_TONE[status]}>{t(status)}</Badge>
          </p>
        </div>
        {detail && (
          <p
            dir="auto"
            className="rounded-xl border border-line bg-surface p-5 text-start wrap-anywhere whitespace-pre-line"
          >
            {detail}
          </p>
        )}
        <section aria-label={t("timeline")} className="space-y-3">
          <h2 className="text-sm font-semibold">{t("timeline")}</h2>
          <ol className="divide-y divide-line rounded-xl border border-line bg-surface text-sm">
            <Step word={t("raisedWord")} by={alert.owner} at={alert.created_at} />
            {alert.acknowledged && <Step word={t("acknowledged")} {...alert.acknowledged} />}
            {alert.resolved && <Step word={t("resolved")} {...alert.resolved} />}
          </ol>
          <p className="text-sm text-muted">
            <Link
              href={listAddress("/alerts", { source })}
              className="inline-flex min-h-11 items-center underline decoration-line underline-offset-4 hover:text-ink"
            >
              <bdi>{t("fromSource", { source })}</bdi>
            </Link>
          </p>
        </section>
        <History tenant={tenant} id={alert.id} title={t("history")} />
      </ClientWords>
    </OfTenant>
  );
}

function Step({ word, by, at }: { word: string; by: Alert["owner"]; at: string }) {
  return (
    <li className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 px-4 py-3 sm:px-5">
      <p className="min-w-0 wrap-anywhere">
        <span className="font-medium">{word}</span> · <PersonName person={by} />
      </p>
      <p className="shrink-0 text-xs text-muted tabular-nums">
        <Moment iso={at} />
      </p>
    </li>
  );
}
