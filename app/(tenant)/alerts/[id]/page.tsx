import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { cache, type ReactNode } from "react";
import { type Alert, type AlertComment, AlertPath } from "@/lib/alerts/contract";
import { REMOVE_ANY_COMMENT, WRITE_ALERTS } from "@/lib/alerts/permissions";
import { readAlert } from "@/lib/alerts/read-alert";
import { listComments } from "@/lib/alerts/read-comments";
import { READ_AUDIT } from "@/lib/audit/permissions";
import { AppError } from "@/lib/errors";
import { may } from "@/lib/roles";
import { currentTenant } from "../../../current-tenant";
import { Badge } from "../../../ui/badge";
import { Link } from "../../../ui/link";
import { askedOf, listAddress } from "../../list-address";
import { OfTenant } from "../../of-tenant";
import { orFirstPage } from "../../or-first-page";
import { RowTitle } from "../../row-title";
import { SEVERITY, STATUS_TONE } from "../alert-tones";
import { alertWords } from "../alert-words";
import { AlertActions } from "./alert-actions";
import { AssignAlert } from "./assign-alert";
import { LiveAlert } from "./live-alert";
import { Timeline } from "./timeline";
import { WriteComment } from "./write-comment";

/** How many comments a page shows at the most. */
const COMMENTS = 50;

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

export default async function AlertPage({ params, searchParams }: PageProps<"/alerts/[id]">) {
  // Taken before reading: the stream then tells what changed during the reading.
  const since = new Date().toISOString();
  const tenant = await currentTenant();
  const { id } = await params;
  const { before } = askedOf(await searchParams);
  const alert = await shownAlert(id);
  // What the application itself tells one person is for nobody else to look after or to talk about.
  const canWrite = may(tenant.role, WRITE_ALERTS) && alert.notice === null;
  const comments = await orFirstPage(`/alerts/${id}`, () =>
    listComments(tenant, id, { cursor: before, limit: COMMENTS }),
  );
  const me = tenant.principal.sub;
  const mayRemove = ({ author_sub }: AlertComment) =>
    canWrite && (author_sub === me || may(tenant.role, REMOVE_ANY_COMMENT));
  const t = await getTranslations("alerts");
  const { title, detail } = await wordsOf(alert);
  const { severity, status, source } = alert;
  return (
    <OfTenant words={["alerts"]}>
      <RowTitle
        list={{ href: "/alerts", label: t("back") }}
        name={title}
        badges={
          <>
            <Badge tone={SEVERITY[severity].tone}>{t(severity)}</Badge>
            <Badge tone={STATUS_TONE[status]}>{t(status)}</Badge>
          </>
        }
      >
        {may(tenant.role, WRITE_ALERTS) && (
          <div className="flex flex-wrap gap-3">
            {canWrite && <AssignAlert {...{ alert, me }} />}
            <AlertActions id={alert.id} status={status} />
          </div>
        )}
      </RowTitle>
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
        {comments.next !== null && (
          <Further href={listAddress(`/alerts/${id}`, { before: comments.next })}>{t("earlier")}</Further>
        )}
        <Timeline
          {...{ alert, mayRemove }}
          comments={comments.rows}
          goesOn={{ before: comments.next !== null, after: before !== undefined }}
        />
        {before !== undefined && <Further href={`/alerts/${id}`}>{t("latest")}</Further>}
        {canWrite && <WriteComment id={id} />}
        <div className="flex flex-wrap gap-x-6">
          <Further href={listAddress("/alerts", { source })}>
            <bdi>{t("fromSource", { source })}</bdi>
          </Further>
          {may(tenant.role, READ_AUDIT) && (
            <Further href={listAddress("/audit", { subject: id })}>{t("inAudit")}</Further>
          )}
        </div>
      </section>
      <LiveAlert {...{ id, since }} />
    </OfTenant>
  );
}

function Further({ href, children }: { href: string; children: ReactNode }) {
  return (
    <p className="text-sm text-muted">
      <Link
        href={href}
        className="inline-flex min-h-11 items-center underline decoration-line underline-offset-4 hover:text-ink"
      >
        {children}
      </Link>
    </p>
  );
}
