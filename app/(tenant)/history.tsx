import { getTranslations } from "next-intl/server";
import type { AuditEvent } from "@/lib/audit/contract";
import { Moment } from "../ui/moment";
import { sentenceOf } from "./audit/sentence";

/** What was done to one thing, the newest first, as the audit log says it. For those who may read that. */
export async function History({ events, title }: { events: AuditEvent[]; title: string }) {
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
