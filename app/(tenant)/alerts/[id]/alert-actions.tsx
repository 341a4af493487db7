"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Status } from "@/lib/alerts/kinds";
import { Button } from "../../../ui/button";
import { Notice } from "../../../ui/notice";
import { useRouter } from "../../../use-router";
import { useWrite } from "../../../use-write";

const NEXT: Record<Status, readonly Status[]> = {
  open: ["acknowledged", "resolved"],
  acknowledged: ["resolved"],
  resolved: ["open"],
};
const STEP = { open: "reopen", acknowledged: "acknowledge", resolved: "resolve" } as const;

/** What can be done next with the alert that a page is about. */
export function AlertActions({ id, status }: { id: string; status: Status }) {
  const t = useTranslations("alerts");
  const router = useRouter();
  const write = useWrite({ conflict: t("moved") });
  const [moving, setMoving] = useState<Status | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);

  async function move(to: Status) {
    setMoving(to);
    const written = await write("PATCH", `/api/alerts/${id}`, { body: { status: to } });
    setMoving(null);
    setRefusal(written.ok ? null : written.message);
    router.refresh();
  }

  return (
    <div className="space-y-3 print:hidden">
      <div className="flex flex-wrap gap-3">
        {NEXT[status].map((to, index) => (
          <Button
            // The focus stays where it was pressed, whatever comes next.
            key={index === NEXT[status].length - 1 ? "last" : to}
            look={to === "resolved" ? "primary" : "plain"}
            pending={moving === to}
            disabled={moving !== null && moving !== to}
            onClick={() => void move(to)}
          >
            {t(STEP[to])}
          </Button>
        ))}
      </div>
      {refusal && <Notice kind="error">{refusal}</Notice>}
    </div>
  );
}
