"use client";

import { Monitor, Smartphone, Tablet } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { endedOthersShape } from "@/lib/account/answers";
import type { OwnSession } from "@/lib/account/contract";
import { readJson } from "../../api-client";
import { leaveTo } from "../../connection";
import { Badge } from "../../ui/badge";
import { Button } from "../../ui/button";
import { Moment } from "../../ui/moment";
import { useToast } from "../../ui/toast";
import { useRouter } from "../../use-router";
import { useWrite } from "../../use-write";
import { browserName, deviceKind } from "../browser-name";
import { leaveRow } from "../leave-row";
import { WriteDialog } from "../write-dialog";
import { CurrentPasswordField } from "./current-password-field";

type Props = { sessions: OwnSession[]; hasPassword: boolean; signedOut: string; unconfirmed: string };

/** Whether Cognito has confirmed it; else, with 202, everything has ended here and it is still to. */
async function readConfirmed(response: Response): Promise<boolean> {
  await response.json();
  return response.status !== 202;
}

const readEnded = readJson(endedOthersShape);

const ICONS = { computer: Monitor, phone: Smartphone, tablet: Tablet };

/**
 * The person's sessions, this browser first, with buttons to end one, all others or all of them.
 *
 * @param hasPassword whether they came in by one, and say it again to end the others.
 * @param signedOut where to go once all have ended; `unconfirmed`: the same while Cognito has still to confirm it.
 */
export function Sessions({ sessions, hasPassword, signedOut, unconfirmed }: Props) {
  const t = useTranslations("account");
  const browser = useTranslations("browser");
  const write = useWrite();
  const toast = useToast();
  const router = useRouter();
  const list = useRef<HTMLUListElement>(null);
  const [pending, setPending] = useState<string | null>(null);
  const hasOthers = sessions.some(({ current }) => !current);
  const hadOthers = useRef(hasOthers);
  // The button that ended the last of them is gone, and the focus with it.
  useEffect(() => {
    if (hadOthers.current && !hasOthers && document.activeElement === document.body) list.current?.focus();
    hadOthers.current = hasOthers;
  }, [hasOthers]);
  const thisOneFirst = sessions.toSorted((one, other) => Number(other.current) - Number(one.current));

  async function end({ id, user_agent }: OwnSession, button: HTMLElement) {
    setPending(id);
    const written = await write("DELETE", `/api/user/sessions/${id}`);
    setPending(null);
    const isOver = written.ok || written.code === "not_found";
    toast({ message: isOver ? t("ended", { browser: browserName(browser, user_agent) }) : written.message });
    if (isOver) leaveRow(button.closest("li"), list.current);
    router.refresh();
  }

  async function endOthers(form: FormData) {
    const body = hasPassword ? { password: String(form.get("password")) } : {};
    return write("DELETE", "/api/user/sessions", { body, read: readEnded });
  }

  return (
    <div className="space-y-4">
      <ul ref={list} tabIndex={-1} aria-label={t("sessions")} className="-mt-2 divide-y divide-line">
        {thisOneFirst.map((session) => {
          const name = browserName(browser, session.user_agent);
          const Icon = ICONS[deviceKind(session.user_agent)];
          return (
            <li key={session.id} className="flex min-h-15 items-center gap-3 py-2">
              <Icon aria-hidden="true" className="size-5 shrink-0 text-muted" />
              <div className="min-w-0 flex-1 text-sm">
                <p className="flex flex-wrap items-center gap-x-2 font-medium wrap-anywhere">
                  <bdi>{name}</bdi>
                  {session.current && <Badge tone="good">{t("thisOne")}</Badge>}
                </p>
                <p className="text-xs text-muted tabular-nums">
                  {session.address === "unknown" ? "" : `${session.address} · `}
                  {t(session.sign_in === "hosted_ui" ? "hostedUi" : "form")} ·{" "}
                  {t.rich("since", { moment: () => <Moment iso={session.created_at} exact /> })}
                  {!session.current && (
                    <> · {t.rich("seen", { moment: () => <Moment iso={session.last_seen_at} /> })}</>
                  )}
                </p>
              </div>
              {!session.current && (
                <Button
                  look="quiet"
                  className="-mr-4 shrink-0"
                  pending={pending === session.id}
                  disabled={pending !== null && pending !== session.id}
                  aria-label={t("endNamed", { browser: name })}
                  onClick={({ currentTarget }) => void end(session, currentTarget)}
                >
                  {t("end")}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
      <div className="flex flex-wrap gap-3">
        {hasOthers && (
          <WriteDialog
            opener={{ label: t("endOthers") }}
            title={t("endOthersTitle")}
            submit={{ label: t("endOthers"), look: "danger" }}
            send={endOthers}
            done={({ ended }) => t("othersEnded", { count: ended })}
          >
            {(faults) => (
              <>
                <p className="text-sm text-muted">{t("endOthersWords")}</p>
                {hasPassword && <CurrentPasswordField error={faults.password} />}
              </>
            )}
          </WriteDialog>
        )}
        <WriteDialog
          opener={{ label: t("endAll"), look: "danger" }}
          title={t("endAllTitle")}
          submit={{ label: t("endAll"), look: "danger" }}
          send={async () => {
            const written = await write("POST", "/api/user/logout", { read: readConfirmed });
            return written.ok ? leaveTo(written.answer ? signedOut : unconfirmed) : written;
          }}
        >
          {() => <p className="text-sm text-muted">{t("endAllWords")}</p>}
        </WriteDialog>
      </div>
    </div>
  );
}
