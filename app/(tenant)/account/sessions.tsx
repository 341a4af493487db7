"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import type { OwnSession } from "@/lib/users/contract";
import { Badge } from "../../ui/badge";
import { Button } from "../../ui/button";
import { Moment } from "../../ui/moment";
import { Notice } from "../../ui/notice";
import { write } from "../../write";
import { browserName } from "./browser-name";

/**
 * Where one is signed in, with a way to end one session or all of them.
 *
 * @param signedOut where to go once all are ended.
 */
export function Sessions({ sessions, signedOut }: { sessions: OwnSession[]; signedOut: string }) {
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

  return (
    <div className="space-y-4">
      {refusal && <Notice kind="error">{refusal}</Notice>}
      <ul className="divide-y divide-line">
        {sessions.map((session) => (
          <li key={session.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2 first:pt-0">
            <div className="min-w-0 flex-1 basis-64 text-sm">
              <p className="flex flex-wrap items-center gap-2 font-medium">
                {browserName(session.user_agent)}
                {session.current && <Badge tone="good">this one</Badge>}
              </p>
              <p className="text-muted">
                {session.address === "unknown" ? "" : `${session.address} · `}
                {session.sign_in === "hosted_ui" ? "single sign-on" : "e-mail and password"} · since{" "}
                <Moment iso={session.created_at} />
              </p>
            </div>
            {!session.current && (
              <Button
                look="quiet"
                pending={pending === session.id}
                disabled={pending !== null}
                aria-label={`End the session on ${browserName(session.user_agent)}`}
                onClick={() => end(session.id)}
              >
                End
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Button look="danger" pending={pending === "all"} disabled={pending !== null} onClick={endAll}>
        Sign out everywhere
      </Button>
    </div>
  );
}
