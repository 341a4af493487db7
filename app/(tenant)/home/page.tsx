import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { alertsToAttend } from "@/lib/alerts/attention";
import { recentItems } from "@/lib/items/recent-items";
import { pendingInvitations } from "@/lib/members/pending-invitations";
import { READ_MEMBERS } from "@/lib/members/permissions";
import { may } from "@/lib/roles";
import { currentTenant } from "../../current-tenant";
import { Link } from "../../ui/link";
import { Moment } from "../../ui/moment";
import { alertWords } from "../alert-words";

const SHOWN = 5;

import { OfTenant } from "../of-tenant";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("home"))("title") };
}

/** What needs attention now. Each part asks for a handful of rows, all at once. */
export default async function HomePage() {
  const tenant = await currentTenant();
  const t = await getTranslations("home");
  const own = { notices: await getTranslations("accountNotices"), browser: await getTranslations("browser") };
  const [{ criticals, newest, logins }, recent, invitations] = await Promise.all([
    alertsToAttend(tenant, SHOWN),
    recentItems(tenant, SHOWN),
    may(tenant.role, READ_MEMBERS) ? pendingInvitations(tenant, SHOWN) : null,
  ]);
  return (
    <OfTenant>
      <h1 className="text-2xl font-semibold">{t("title")}</h1>
      <div className="grid grid-cols-1 gap-6 md:grid-cols-2">
        <Part
          title={t("criticals", { count: criticals })}
          isUrgent={criticals > 0}
          more={{ href: "/alerts?status=open", label: t("allAlerts") }}
          none={t("noCriticals")}
        >
          {newest.map((alert) => (
            <Line key={alert.id} text={alertWords(alert, own).title} iso={alert.created_at} />
          ))}
        </Part>
        <Part title={t("logins")} more={{ href: "/account", label: t("yourSessions") }} none={t("noLogins")}>
          {logins.map((alert) => (
            <Line key={alert.id} text={alertWords(alert, own).detail} iso={alert.created_at} />
          ))}
        </Part>
        {invitations && (
          <Part
            title={t("invitations", { count: invitations.invited })}
            more={{ href: "/members?status=invited", label: t("allInvitations") }}
            none={t("noInvitations")}
          >
            {invitations.newest.map(({ id, email, created_at }) => (
              <Line key={id} text={email} note={t("invited")} iso={created_at} />
            ))}
          </Part>
        )}
        <Part
          title={t("recent")}
          more={{ href: "/items", label: t("allItems") }}
          none={t("noItems")}
          isWide={!invitations}
        >
          {recent.map(({ id, name, version, updated_at }) => (
            <Line
              key={id}
              text={name}
              href={`/items?item=${id}`}
              note={version === 1 ? t("added") : t("changed")}
              iso={updated_at}
            />
          ))}
        </Part>
      </div>
    </OfTenant>
  );
}

type PartProps = {
  title: string;
  more: { href: string; label: string };
  /** What stands there instead of lines. */
  none: string;
  isUrgent?: boolean;
  isWide?: boolean;
  children: ReactNode[];
};

function Part({ title, more, none, isUrgent = false, isWide = false, children }: PartProps) {
  return (
    <section
      className={`rounded-xl border bg-surface ${isUrgent ? "border-danger/50" : "border-line"} ${isWide ? "md:col-span-2" : ""}`}
    >
      <div className="flex items-center justify-between gap-4 border-b border-line pl-4 sm:pl-5">
        <h2 className={`text-sm font-semibold ${isUrgent ? "text-danger" : ""}`}>{title}</h2>
        <Link
          href={more.href}
          className="inline-flex min-h-11 shrink-0 items-center px-4 text-sm text-muted hover:text-ink hover:underline"
        >
          {more.label}
        </Link>
      </div>
      {children.length === 0 ? (
        <p className="px-4 py-6 text-sm text-muted sm:px-5">{none}</p>
      ) : (
        <ul className="divide-y divide-line">{children}</ul>
      )}
    </section>
  );
}

function Line({ text, iso, href, note }: { text: string; iso: string; href?: string; note?: string }) {
  return (
    <li className="flex min-h-11 flex-wrap items-baseline justify-between gap-x-4 px-4 py-2.5 text-sm sm:px-5">
      {href ? (
        <Link href={href} className="-my-2.5 min-w-0 flex-1 truncate py-3 font-medium hover:underline">
          <bdi>{text}</bdi>
        </Link>
      ) : (
        <p className="min-w-0 flex-1 basis-40 wrap-anywhere">
          <bdi>{text}</bdi>
        </p>
      )}
      <p className="shrink-0 text-xs text-muted tabular-nums">
        {note && `${note} · `}
        <Moment iso={iso} />
      </p>
    </li>
  );
}
