"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { OwnSession } from "@/lib/users/contract";
import { Badge } from "../../ui/badge";
import { Button } from "../../ui/button";
import { Moment } from "../../ui/moment";
import { Notice } from "../../ui/notice";
import { useWrite } from "../../use-write";
import { browserName } from "../browser-name";

/**
 * Where one is signed in, with a way to end one session or all of them.
 *
 * @param signedOut where to go once all are ended.
 */
export function Sessions({ sessions, signedOut }: { sessions: OwnSession[]; signedOut: string }) {
  const t = useTranslations("account");
  const browser = useTranslations("browser");
  const write = useWrite();
  const router = useRouter();
  const [pending, setPending] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);

  async function end(id: string) {
    setPending(id);
    const written = await write("DELETE", `/api/user/sessions/${id}`);
    setPending(null);
    setRefusal(written.ok ? null : written.message);
    router.refresh();
  }

  async function endAll() {
    setPending("all");
    const written = await write("POST", "/api/user/logout");
    if (written.ok) return window.location.assign(signedOut);
    setPending(null);
    setRefusal(written.message);
  }

  function nameOf({ user_agent }: OwnSession): string {
    return browserName(browser, user_agent);
  }

  return (
    <div className="space-y-4">
      {refusal && <Notice kind="error">{refusal}</Notice>}
      <ul className="divide-y divide-line">
        {sessions.map((session) => (
          <li key={session.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2 first:pt-0">
            <div className="min-w-0 flex-1 basis-64 text-sm">
              <p className="flex flex-wrap items-center gap-2 font-medium">
                {nameOf(session)}
                {session.current && <Badge tone="good">{t("thisOne")}</Badge>}
              </p>
              <p className="text-muted">
                {session.address === "unknown" ? "" : `${session.address} · `}
                {t(session.sign_in === "hosted_ui" ? "hostedUi" : "form")} ·{" "}
                {t.rich("since", { moment: () => <Moment iso={session.created_at} /> })}
              </p>
            </div>
            {!session.current && (
              <Button
                look="quiet"
                pending={pending === session.id}
                disabled={pending !== null}
                aria-label={t("endNamed", { browser: nameOf(session) })}
                onClick={() => end(session.id)}
              >
                {t("end")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Button look="danger" pending={pending === "all"} disabled={pending !== null} onClick={endAll}>
        {t("endAll")}
      </Button>
    </div>
  );
}
