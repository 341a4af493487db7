import { getTranslations } from "next-intl/server";
import { historyOf } from "@/lib/audit/list-audit";
import { READ_AUDIT } from "@/lib/audit/permissions";
import type { TenantContext } from "@/lib/auth/tenancy/tenant";
import { may } from "@/lib/roles";
import { Moment } from "../ui/moment";
import { sentenceOf } from "./audit/sentence";

/** How much of it is shown; the audit log has the rest. */
const MOST_SHOWN = 50;

type Props = { tenant: TenantContext; id: string; title: string };

/** What was done to one thing, the newest first, as the audit log says it: for those who may read that. */
export async function History({ tenant, id, title }: Props) {
  const events = may(tenant.role, READ_AUDIT) ? await historyOf(tenant, id, MOST_SHOWN) : [];
  if (events.length === 0) return null;
  const words = {
    audit: await getTranslations("audit"),
    sentences: await getTranslations("auditSentences"),
    roles: await getTranslations("roles"),
    browser: await getTranslations("browser"),
  };
  return (
    <section aria-label={title} className="space-y-3">
      <h2 className="text-sm font-semibold">{title}</h2>
      <ol className="divide-y divide-line rounded-xl border border-line bg-surface">
        {events.map((event) => (
          <li
            key={event.id}
            className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 px-4 py-3 text-sm sm:px-5"
          >
            <p className="min-w-0 wrap-anywhere">
              {sentenceOf(event, words).map(({ is, text }) =>
                is === null ? text : <bdi key={is}>{text}</bdi>,
              )}
            </p>
            <p className="shrink-0 text-xs text-muted tabular-nums">
              <Moment iso={event.created_at} />
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}
