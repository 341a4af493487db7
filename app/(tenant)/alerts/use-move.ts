"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { alertOutcomeShape } from "@/lib/alerts/answers";
import type { Alert, AlertOutcome } from "@/lib/alerts/contract";
import type { Status } from "@/lib/alerts/kinds";
import { arrayOf } from "@/lib/shape";
import { readJson } from "../../api-client";
import { useToast } from "../../ui/toast";
import { useWrite, type Write } from "../../use-write";

/** The alerts that are being moved on; null while none is. */
export type Moving = { status: Status; ids: ReadonlySet<string> } | null;

/** `moved` went where they should; `overtaken` had gone further, by somebody else. Both as they are now. */
export type Moved = { ids: string[]; moved: Alert[]; overtaken: Alert[] };

/** As many as the API moves at once. */
const MOST_AT_ONCE = 100;

const readOutcomes = readJson(arrayOf(alertOutcomeShape));

/**
 * Moves alerts on to another status.
 *
 * @param onMoved hears what became of them.
 * @returns which are being moved, what was refused about which of them, in words, and the function that moves some.
 */
export function useMove(onMoved: (result: Moved) => void) {
  const t = useTranslations("alerts");
  const errors = useTranslations("errors");
  const write = useWrite();
  const toast = useToast();
  const [moving, setMoving] = useState<Moving>(null);
  const [refusals, setRefusals] = useState<ReadonlyMap<string, string>>(new Map());

  async function move(alerts: Alert[], status: Status) {
    const ids = alerts.map(({ id }) => id);
    setMoving({ status, ids: new Set(ids) });
    const { outcomes, refused } = await send(write, ids, status);
    for (const { id, outcome } of outcomes) {
      if (outcome === "conflict") refused.set(id, t("moved"));
      if (outcome === "not_found") refused.set(id, errors("not_found"));
    }
    setMoving(null);
    setRefusals(refused);
    const moved = alertsIn(outcomes.filter(({ outcome }) => outcome !== "conflict"));
    onMoved({ ids, moved, overtaken: alertsIn(outcomes.filter(({ outcome }) => outcome === "conflict")) });
    const changed = outcomes.filter(({ outcome }) => outcome === "changed");
    if (status === "resolved" && changed.length > 0) {
      const undo = () => void move(alertsIn(changed), "open");
      toast({
        message: t("resolvedMany", { count: moved.length }),
        action: { label: t("undo"), run: undo },
      });
    } else if (status === "open") {
      toast({ message: t("reopenedMany", { count: changed.length }) });
    } else if (ids.length > 1) {
      const words = status === "resolved" ? "resolvedMany" : "acknowledgedMany";
      toast({ message: t(words, { count: moved.length }) });
    }
  }

  return { moving, refusals, move };
}

async function send(write: Write, ids: string[], status: Status) {
  const outcomes: AlertOutcome[] = [];
  const refused = new Map<string, string>();
  for (let at = 0; at < ids.length; at += MOST_AT_ONCE) {
    const part = ids.slice(at, at + MOST_AT_ONCE);
    const body = { ids: part, status };
    const written = await write("POST", "/api/alerts/status", { body, read: readOutcomes });
    if (written.ok) outcomes.push(...written.answer);
    else for (const id of part) refused.set(id, written.message);
  }
  return { outcomes, refused };
}

const alertsIn = (outcomes: AlertOutcome[]) => outcomes.flatMap(({ alert }) => alert ?? []);
