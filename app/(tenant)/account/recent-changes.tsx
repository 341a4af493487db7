import { ShieldAlert } from "lucide-react";
import { getTranslations } from "next-intl/server";
import type { OwnNotice } from "@/lib/account/own-notices";
import { Moment } from "../../ui/moment";
import { noticeWords } from "../notice-words";

/** Recent changes to the password and the second factors, and new sign-ins. */
export async function RecentChanges({ notices, label }: { notices: OwnNotice[]; label: string }) {
  const words = {
    notices: await getTranslations("accountNotices"),
    browser: await getTranslations("browser"),
  };
  return (
    <ul aria-label={label} className="-my-2 divide-y divide-line">
      {notices.map((notice) => {
        const { title, detail } = noticeWords(notice.notice, notice.facts, words);
        return (
          <li key={notice.id} className="flex items-start gap-3 py-3 text-sm">
            <ShieldAlert aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-warning" />
            <div className="min-w-0">
              <p className="font-medium wrap-anywhere">{title}</p>
              <p className="text-xs text-muted tabular-nums wrap-anywhere">
                {detail} <Moment iso={notice.created_at} />
              </p>
            </div>
          </li>
        );
      })}
    </ul>
  );
}
