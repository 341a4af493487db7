import { Info, OctagonAlert, ShieldCheck, TriangleAlert } from "lucide-react";
import type { Alert } from "@/lib/alerts/contract";
import { Badge, type Tone } from "../../ui/badge";
import { Drawing, Drawings } from "../../ui/drawings";
import { Moment } from "../../ui/moment";
import { unsteered } from "../../words/unsteered";
import { listAddress } from "../list-address";
import { SEVERITY, STATUS_TONE } from "./alert-tones";
import type { RowWords } from "./row-words";
import type { Moving } from "./use-move";

const DRAWN = { info: Info, warning: TriangleAlert, critical: OctagonAlert, own: ShieldCheck };

/** The icons of the rows. */
export const RowDrawings = () => <Drawings of={DRAWN} />;

type Props = {
  alert: Alert;
  words: RowWords;
  isNew: boolean;
  /** What was refused about it, in words. */
  refusal: string | undefined;
  /** Null for readers. */
  write: {
    isSelected: boolean;
    onSelect: (isSelected: boolean) => void;
    moving: Moving;
    onMove: (status: Alert["status"]) => void;
  } | null;
};

/** An alert and what can be done next with it; it only moves forward. The list follows its links. */
export function AlertRow({ alert, words, isNew, refusal, write }: Props) {
  const { title, detail } = words.of(alert);
  const { tone, edge } = SEVERITY[alert.severity];
  return (
    <li
      id={`alert-${alert.id}`}
      tabIndex={-1}
      className={`relative -outline-offset-2 flex flex-wrap items-start gap-x-3 gap-y-1 py-3 pr-4 pl-5 sm:pr-5 ${isNew ? "animate-arrival" : ""}`}
    >
      <span aria-hidden="true" className={`absolute inset-y-0 left-0 w-1 ${edge}`} />
      {write && (
        <label className="-my-2.5 -ml-2 flex size-11 shrink-0 items-center justify-center">
          <input
            type="checkbox"
            checked={write.isSelected}
            disabled={alert.status === "resolved"}
            aria-label={words.select(unsteered(title))}
            onChange={(event) => write.onSelect(event.target.checked)}
            className="size-4 accent-accent disabled:opacity-40"
          />
        </label>
      )}
      <div className="min-w-0 flex-1 basis-56">
        <p className="flex items-start gap-2">
          <Drawing of={alert.severity} className={`mt-1 size-4 shrink-0 ${ICON[tone]}`} />
          <a
            href={`/alerts/${alert.id}`}
            className="-my-2.5 min-w-0 py-2.5 font-medium break-words hover:underline"
          >
            <bdi>{title}</bdi>
          </a>
        </p>
        {detail && (
          <p dir="auto" className="mt-0.5 pl-6 text-start text-sm break-words whitespace-pre-line text-muted">
            {detail}
          </p>
        )}
        <p className="mt-1.5 flex flex-wrap items-center gap-x-2 gap-y-1 pl-6 text-xs text-muted">
          <Badge tone={tone}>{words.kinds[alert.severity]}</Badge>
          <Badge tone={STATUS_TONE[alert.status]}>{words.kinds[alert.status]}</Badge>
          <span className="min-w-0 break-words">
            {alert.notice && (
              <>
                <Drawing of="own" className="mr-1 inline size-4 align-text-bottom text-good" />
                {words.own + DOT}
              </>
            )}
            <a
              href={listAddress("/alerts", { source: alert.source })}
              aria-label={words.onlySource(unsteered(alert.source))}
              className="-my-3.5 inline-flex min-h-11 max-w-full items-center break-words underline decoration-line underline-offset-2 hover:text-ink hover:decoration-current"
            >
              <bdi>{alert.source}</bdi>
            </a>
            {DOT}
            <bdi>{words.person(alert.owner)}</bdi>
            {DOT}
            <Moment iso={alert.created_at} />
            {alert.assigned && (
              <>
                {DOT}
                {words.assignedTo(unsteered(words.person(alert.assigned.to)))}
                {!alert.assigned.is_active && ` ${words.inactive}`}
              </>
            )}
            {alert.comment_count > 0 && DOT + words.comments(alert.comment_count)}
            {alert.acknowledged && (
              <>
                {DOT}
                {words.acknowledgedBy(unsteered(words.person(alert.acknowledged.by)))}{" "}
                <Moment iso={alert.acknowledged.at} />
              </>
            )}
            {alert.resolved && (
              <>
                {DOT}
                {words.resolvedBy(unsteered(words.person(alert.resolved.by)))}{" "}
                <Moment iso={alert.resolved.at} />
              </>
            )}
          </span>
        </p>
        {refusal && (
          <p role="alert" className="mt-1.5 pl-6 text-sm text-danger">
            {refusal}
          </p>
        )}
      </div>
      {write && <Steps {...{ alert, title, words }} {...write} />}
    </li>
  );
}

/** Ends a line, where it is broken, and begins none. */
const DOT = "\u00a0· ";

const ICON: Record<Tone, string> = {
  neutral: "text-muted",
  good: "text-good",
  warning: "text-warning",
  danger: "text-danger",
};

type StepsProps = { alert: Alert; title: string; words: RowWords } & NonNullable<Props["write"]>;

function Steps({ alert, title, words, moving, onMove }: StepsProps) {
  const all = [
    { status: "acknowledged", isNext: alert.status === "open", step: words.acknowledge },
    { status: "resolved", isNext: alert.status !== "resolved", step: words.resolve },
  ] as const;
  return (
    <div className="-my-1 flex flex-wrap items-center max-sm:ml-9 sm:-mr-4">
      {all
        .filter(({ isNext }) => isNext)
        .map(({ status, step }) => {
          const isPending = moving?.status === status && moving.ids.has(alert.id);
          return (
            <button
              key={status}
              type="button"
              // Not `disabled` while it is carried out: a disabled button loses the focus that the press gave it.
              disabled={!words.isReady || (moving !== null && !isPending)}
              aria-disabled={isPending || undefined}
              aria-busy={isPending || undefined}
              aria-label={step.named(unsteered(title))}
              onClick={() => !isPending && onMove(status)}
              className="row-action"
            >
              {isPending && <span aria-hidden="true" className="spinner" />}
              {step.label}
            </button>
          );
        })}
    </div>
  );
}
