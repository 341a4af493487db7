import { useTranslations } from "next-intl";
import { useRef } from "react";
import { loadAgain } from "../../connection";
import { errorWords } from "../../words/error-words";
import type { Connection } from "../hear-stream";

const DOT: Record<Connection["state"], string> = {
  live: "bg-good",
  connecting: "bg-control",
  hidden: "bg-control",
  waiting: "bg-warning",
  over: "bg-danger",
};

/** Whether the list shows what is, and if not, why and what to do. */
export function LiveStatus({ connection, onRetry }: { connection: Connection; onRetry: () => void }) {
  const t = useTranslations("alerts");
  const errors = useTranslations("errors");
  const { state } = connection;
  const place = useRef<HTMLParagraphElement>(null);

  function retry() {
    onRetry();
    // Once it worked, the button is gone.
    place.current?.focus();
  }

  const look = "min-h-11 font-medium underline underline-offset-2 hover:no-underline";
  return (
    <p
      ref={place}
      role="status"
      tabIndex={-1}
      className="flex min-h-11 min-w-0 flex-wrap items-center gap-x-2 text-sm text-muted"
    >
      <span aria-hidden="true" className={`size-2 shrink-0 rounded-full ${DOT[state]}`} />
      {state === "live" && t("live")}
      {(state === "connecting" || state === "hidden") && t("connecting")}
      {(state === "waiting" || state === "over") && (
        <>
          <strong className="font-medium text-ink">{t("notLive")}</strong>
          <span className="min-w-0">
            {connection.code === "rate_limited" ? t("tooMany") : errorWords(errors, connection)}
          </span>
          {state === "waiting" ? (
            <button type="button" onClick={retry} className={look}>
              {t("retry")}
            </button>
          ) : (
            <button type="button" onClick={() => void loadAgain()} className={look}>
              {t("reload")}
            </button>
          )}
        </>
      )}
    </p>
  );
}
