import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import type { Alert, AlertComment } from "@/lib/alerts/contract";
import { Moment } from "../../../ui/moment";
import { PersonName } from "../../person-name";
import { RemoveComment } from "./remove-comment";

type Props = {
  alert: Alert;
  comments: AlertComment[];
  /** Whether comments of before or after these are left out: what else happened then is, too. */
  goesOn: { before: boolean; after: boolean };
  mayRemove: (comment: AlertComment) => boolean;
};

/** What became of an alert and what was said about it, the oldest first. */
export async function Timeline({ alert, comments, goesOn, mayRemove }: Props) {
  const t = await getTranslations("alerts");
  const { acknowledged, resolved, assigned } = alert;
  const steps = [
    step("raised", t("raisedWord"), { by: alert.owner, at: alert.created_at }),
    acknowledged && step("acknowledged", t("acknowledged"), acknowledged),
    assigned && {
      ...step("assigned", t("assigned"), assigned),
      to: (
        <>
          {" "}
          <PersonName person={assigned.to} /> {!assigned.is_active && t("inactive")}
        </>
      ),
    },
    resolved && step("resolved", t("resolved"), resolved),
    ...comments.map((comment) => ({
      ...step(comment.id, t("commented"), { by: comment.author, at: comment.created_at }),
      comment,
    })),
  ].filter((each) => each !== null);
  const [first, last] = [comments.at(-1)?.created_at ?? "", comments[0]?.created_at ?? ""];
  const shown = steps
    .filter(({ at }) => (!goesOn.before || at >= first) && (!goesOn.after || at <= last))
    .sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
  return (
    <ol className="divide-y divide-line rounded-xl border border-line bg-surface text-sm">
      {shown.map(({ key, word, by, at, to, comment }) => (
        <li key={key} className="px-4 py-3 sm:px-5">
          <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
            <p className="min-w-0 wrap-anywhere">
              <span className="font-medium">{word}</span>
              {to} · <PersonName person={by} />
            </p>
            <p className="shrink-0 text-xs text-muted tabular-nums">
              <Moment iso={at} />
            </p>
          </div>
          {comment && (
            <div className="flex flex-wrap items-end justify-between gap-x-4">
              <p
                dir="auto"
                className="mt-1 min-w-0 flex-1 basis-60 text-start wrap-anywhere whitespace-pre-line"
              >
                {comment.text}
              </p>
              {mayRemove(comment) && (
                <div className="-my-2 -mr-4 ml-auto print:hidden">
                  <RemoveComment comment={comment} />
                </div>
              )}
            </div>
          )}
        </li>
      ))}
    </ol>
  );
}

type Step = {
  key: string;
  word: string;
  by: Alert["owner"];
  at: string;
  to?: ReactNode;
  comment?: AlertComment;
};

const step = (key: string, word: string, { by, at }: { by: Alert["owner"]; at: string }): Step => ({
  key,
  word,
  by,
  at,
});
