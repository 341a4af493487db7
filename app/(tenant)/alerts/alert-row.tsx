import { Info, OctagonAlert, ShieldCheck, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import type { Alert } from "@/lib/alerts/contract";
import { Badge, type Tone } from "../../ui/badge";
import { Button } from "../../ui/button";
import { Link } from "../../ui/link";
import { Moment } from "../../ui/moment";
import { unsteered } from "../../words/unsteered";
import { listAddress } from "../list-address";
import { alertWords } from "./alert-words";
import type { Moving } from "./use-move";

const SEVERITY = {
  info: { tone: "neutral", edge: "bg-line", Icon: Info },
  warning: { tone: "warning", edge: "bg-warning", Icon: TriangleAlert },
  critical: { tone: "danger", edge: "bg-danger", Icon: OctagonAlert },
} as const satisfies Record<Alert["severity"], { tone: Tone; edge: string; Icon: typeof Info }>;
const STATUS_TONE: Record<Alert["status"], Tone> = {
  open: "danger",
  acknowledged: "warning",
  resolved: "good",
};

type Props = {
  alert: Alert;
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

/** An alert and what can be done next with it; it only moves forward. */
export function AlertRow({ alert, isNew, refusal, write }: Props) {
  const t = useTranslations("alerts");
  const notices = useTranslations("accountNotices");
  const words = { notices, browser: useTranslations("browser") };
  const { title, detail } = alertWords(alert, words);
  const { tone, edge, Icon } = SEVERITY[alert.severity];
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
            aria-label={t("select", { title: unsteered(title) })}
            onChange={(event) => write.onSelect(event.target.checked)}
            className="size-4 accent-accent disabled:opacity-40"
          />
        </label>
      )}
      <div className="min-w-0 flex-1 basis-56">
        <p className="flex items-start gap-2">
          <Icon aria-hidden="true" className={`mt-1 size-4 shrink-0 ${ICON[tone]}`} />
          <bdi className="min-w-0 font-medium break-words">{title}</bdi>
        </p>
        {detail && (
          <p dir="auto" className="mt-0.5 pl-6 text-start text-sm break-words whitespace-pre-line text-muted">
            {detail}
          </p>
        )}
        <p className="mt-1.5 flex flex-wrap items-center gap-x-2 gap-y-1 pl-6 text-xs text-muted">
          <Badge tone={tone}>{t(alert.severity)}</Badge>
          <Badge tone={STATUS_TONE[alert.status]}>{t(alert.status)}</Badge>
          <span className="min-w-0 break-words">
            {alert.notice && (
              <>
                <ShieldCheck aria-hidden="true" className="mr-1 inline size-4 align-text-bottom text-good" />
                {notices("own")} ·{" "}
              </>
            )}
            <Link
              href={listAddress("/alerts", { source: alert.source })}
              aria-label={t("onlySource", { source: unsteered(alert.source) })}
              className="-my-3.5 inline-flex min-h-11 max-w-full items-center break-words underline decoration-line underline-offset-2 hover:text-ink hover:decoration-current"
            >
              <bdi>{alert.source}</bdi>
            </Link>{" "}
            · <Moment iso={alert.created_at} />
          </span>
        </p>
        {refusal && (
          <p role="alert" className="mt-1.5 pl-6 text-sm text-danger">
            {refusal}
          </p>
        )}
      </div>
      {write && <Steps {...{ alert, title }} {...write} />}
    </li>
  );
}

const ICON: Record<Tone, string> = {
  neutral: "text-muted",
  good: "text-good",
  warning: "text-warning",
  danger: "text-danger",
};

type StepsProps = { alert: Alert; title: string } & NonNullable<Props["write"]>;

function Steps({ alert, title, moving, onMove }: StepsProps) {
  const t = useTranslations("alerts");
  const isMovingTo = (status: Alert["status"]) => moving?.status === status && moving.ids.has(alert.id);
  return (
    <div className="-my-1 flex flex-wrap items-center max-sm:ml-9 sm:-mr-4">
      {alert.status === "open" && (
        <Button
          look="quiet"
          pending={isMovingTo("acknowledged")}
          disabled={moving !== null && !isMovingTo("acknowledged")}
          aria-label={t("acknowledgeNamed", { title: unsteered(title) })}
          onClick={() => onMove("acknowledged")}
        >
          {t("acknowledge")}
        </Button>
      )}
      {alert.status !== "resolved" && (
        <Button
          look="quiet"
          pending={isMovingTo("resolved")}
          disabled={moving !== null && !isMovingTo("resolved")}
          aria-label={t("resolveNamed", { title: unsteered(title) })}
          onClick={() => onMove("resolved")}
        >
          {t("resolve")}
        </Button>
      )}
    </div>
  );
}
