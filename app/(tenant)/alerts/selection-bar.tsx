import { useTranslations } from "next-intl";
import type { Alert } from "@/lib/alerts/contract";
import type { Status } from "@/lib/alerts/kinds";
import { Button } from "../../ui/button";
import type { Moving } from "./use-move";

type Props = {
  movable: Alert[];
  chosen: Alert[];
  moving: Moving;
  onSelectOnly: (alerts: Alert[]) => void;
  onMove: (alerts: Alert[], status: Status) => void;
};

/** Ticks all alerts, and moves on those that are ticked. */
export function SelectionBar({ movable, chosen, moving, onSelectOnly, onMove }: Props) {
  const t = useTranslations("alerts");
  const isAll = movable.every((alert) => chosen.includes(alert));
  const isMovingTo = (status: Status) => moving?.status === status && moving.ids.size > 1;
  return (
    <div className="flex min-h-12 flex-wrap items-center gap-x-2 border-b border-line bg-raised/40 pr-1 pl-3">
      <label className="flex min-h-11 items-center pr-2 text-sm text-muted">
        <span className="mr-1 flex size-11 shrink-0 items-center justify-center">
          <input
            type="checkbox"
            checked={isAll}
            ref={(box) => {
              if (box) box.indeterminate = !isAll && chosen.length > 0;
            }}
            onChange={() => onSelectOnly(isAll ? [] : movable)}
            className="size-4 accent-accent"
          />
        </span>
        {chosen.length === 0 ? t("selectAll") : t("selected", { count: chosen.length })}
      </label>
      {/* Always there: the list must not move when the first alert is ticked. */}
      <div className="ml-auto flex flex-wrap">
        {(["acknowledged", "resolved"] as const).map((status) => (
          <Button
            key={status}
            look="quiet"
            className="max-sm:px-2!"
            disabled={!isMovingTo(status) && (moving !== null || chosen.length === 0)}
            pending={isMovingTo(status)}
            onClick={() => onMove(chosen, status)}
          >
            {t(status === "resolved" ? "resolveSelected" : "acknowledgeSelected")}
          </Button>
        ))}
      </div>
    </div>
  );
}
