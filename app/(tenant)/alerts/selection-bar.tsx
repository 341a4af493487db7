import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import type { Alert } from "@/lib/alerts/contract";
import type { Status } from "@/lib/alerts/kinds";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { TickAll } from "../../ui/tick-all";
import { ChosenBar } from "../chosen-bar";
import type { Moving } from "./use-move";

/** So many are not resolved by one press that may have been a mistake. */
const MANY = 10;

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
  const common = useTranslations("common");
  const [asks, setAsks] = useState(false);
  const all = useRef<HTMLInputElement>(null);
  const isAll = movable.every((alert) => chosen.includes(alert));
  const isMovingTo = (status: Status) => moving?.status === status && moving.ids.size > 1;
  return (
    <div className="flex min-h-12 flex-wrap items-center gap-x-2 border-b border-line bg-raised/40 pr-1 pl-3">
      <TickAll
        ref={all}
        {...{ isAll, isSome: chosen.length > 0, className: "gap-1 pr-2 text-sm text-muted" }}
        onTick={(all) => onSelectOnly(all ? movable : [])}
      >
        {t("selectAll")}
      </TickAll>
      <ChosenBar
        chosen={chosen.length > 0 ? t("selected", { count: chosen.length }) : null}
        onClear={() => onSelectOnly([])}
        above={all}
      >
        {(["acknowledged", "resolved"] as const).map((status) => (
          <Button
            key={status}
            className="max-sm:px-2!"
            disabled={!isMovingTo(status) && moving !== null}
            pending={isMovingTo(status)}
            onClick={() =>
              status === "resolved" && chosen.length >= MANY ? setAsks(true) : onMove(chosen, status)
            }
          >
            {t(status === "resolved" ? "resolveSelected" : "acknowledgeSelected")}
          </Button>
        ))}
      </ChosenBar>
      {asks && (
        <Dialog title={t("resolveAsk", { count: chosen.length })} onClosed={() => setAsks(false)}>
          {(close) => (
            <>
              <p className="text-sm text-muted">{t("resolveAskWords")}</p>
              <div className="mt-6 flex justify-end gap-3">
                <Button onClick={close}>{common("cancel")}</Button>
                <Button
                  look="primary"
                  onClick={() => {
                    close();
                    onMove(chosen, "resolved");
                  }}
                >
                  {t("resolve")}
                </Button>
              </div>
            </>
          )}
        </Dialog>
      )}
    </div>
  );
}
