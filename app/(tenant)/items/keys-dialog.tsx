"use client";

import { useTranslations } from "next-intl";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";

type Props = {
  isOn: boolean;
  onTurn: (on: boolean) => void;
  canWrite: boolean;
  onClosed: () => void;
};

/** The keys that the list knows, and a switch to turn them off. */
export function KeysDialog({ isOn, onTurn, canWrite, onClosed }: Props) {
  const t = useTranslations("items");
  const ui = useTranslations("ui");
  const keys: [keys: string[], does: string][] = [
    [["/"], t("keySearch")],
    [["j", "k"], t("keyMove")],
    [["x"], t("keySelect")],
    ...(canWrite
      ? ([
          [["n"], t("keyNew")],
          [["e", "Enter"], t("keyEdit")],
          [["z"], t("keyUndo")],
        ] satisfies [string[], string][])
      : []),
    [["Esc"], t("keyClose")],
    [["?"], t("keyHelp")],
  ];
  return (
    <Dialog title={t("keys")} onClosed={onClosed}>
      {(close) => (
        <>
          <dl className="grid grid-cols-[auto_1fr] items-baseline gap-x-6 gap-y-2 text-sm">
            {keys.map(([pressed, does]) => (
              <div key={does} className="contents">
                <dt className="flex gap-1">
                  {pressed.map((key) => (
                    <kbd
                      key={key}
                      className="min-w-6 rounded border border-line bg-raised px-1.5 py-0.5 text-center font-sans text-xs"
                    >
                      {key}
                    </kbd>
                  ))}
                </dt>
                <dd>{does}</dd>
              </div>
            ))}
          </dl>
          <div className="mt-6 flex flex-wrap items-center justify-between gap-3">
            <label className="flex min-h-11 items-center gap-2 text-sm">
              <input
                type="checkbox"
                checked={isOn}
                onChange={(event) => onTurn(event.currentTarget.checked)}
                className="size-4 accent-accent"
              />
              {t("keysOn")}
            </label>
            <Button onClick={close}>{ui("dismiss")}</Button>
          </div>
        </>
      )}
    </Dialog>
  );
}
