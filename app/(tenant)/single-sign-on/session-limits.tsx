"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { SessionLimits as Limits } from "@/lib/session-limits/contract";
import { Button } from "../../ui/button";
import { Select } from "../../ui/field";
import { Notice } from "../../ui/notice";
import { useToast } from "../../ui/toast";
import { useRouter } from "../../use-router";
import { useWrite } from "../../use-write";

type Limit = "session_minutes" | "session_idle_minutes";
/** In minutes. */
const OFFERED = [5, 10, 15, 30, 60, 120, 240, 480, 720, 1_440, 10_080, 20_160];

/** How long a sign-in of the tenant's people may last: what this application allows, or less. */
export function SessionLimits({ own }: { own: Limits }) {
  const t = useTranslations("sessionLimits");
  const write = useWrite();
  const toast = useToast();
  const router = useRouter();
  const { session_minutes, session_idle_minutes } = own;
  const [wanted, setWanted] = useState({ session_minutes, session_idle_minutes });
  const [pending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const isOther = (limit: Limit) => wanted[limit] !== own[limit];
  const isShorter = (limit: Limit) =>
    isOther(limit) && (wanted[limit] ?? Number.POSITIVE_INFINITY) < (own[limit] ?? Number.POSITIVE_INFINITY);
  const duration = (minutes: number) => {
    if (minutes % 1_440 === 0) return t("days", { count: minutes / 1_440 });
    return minutes % 60 === 0 ? t("hours", { count: minutes / 60 }) : t("minutes", { count: minutes });
  };

  async function save() {
    setPending(true);
    const written = await write("PATCH", "/api/session-limits", { body: wanted });
    setPending(false);
    setRefusal(written.ok ? null : written.message);
    if (written.ok) toast({ message: t("saved") });
    router.refresh();
  }

  const select = (limit: Limit, label: string, hint: string) => (
    <Select
      label={label}
      name={limit}
      hint={hint}
      value={wanted[limit] ?? ""}
      onChange={({ currentTarget: { value } }) =>
        setWanted({ ...wanted, [limit]: value === "" ? null : Number(value) })
      }
    >
      <option value="">{t("asAllowed", { most: duration(own.allowed[limit].most) })}</option>
      {offeredOf(own, limit).map((minutes) => (
        <option key={minutes} value={minutes}>
          {duration(minutes)}
        </option>
      ))}
    </Select>
  );
  return (
    <div className="max-w-md space-y-4">
      {refusal && <Notice kind="error">{refusal}</Notice>}
      {select("session_minutes", t("longest"), t("longestHint"))}
      {select("session_idle_minutes", t("idle"), t("idleHint"))}
      {(isShorter("session_minutes") || isShorter("session_idle_minutes")) && (
        <p className="text-muted">{t("shorter")}</p>
      )}
      <Button
        pending={pending}
        disabled={!isOther("session_minutes") && !isOther("session_idle_minutes")}
        onClick={save}
      >
        {t("save")}
      </Button>
    </div>
  );
}

/** What is offered, and what was set by the API. */
function offeredOf({ allowed, ...limits }: Limits, limit: Limit): number[] {
  const { least, most } = allowed[limit];
  const offered = OFFERED.filter((minutes) => minutes >= least && minutes < most);
  const set = limits[limit];
  return [...new Set([...offered, ...(set === null ? [] : [set])])].sort((a, b) => a - b);
}
