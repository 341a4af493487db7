import { Ban, CircleHelp } from "lucide-react";
import { useTranslations } from "next-intl";
import type { AuditEvent } from "@/lib/audit/contract";
import { Badge } from "../../ui/badge";
import { Link } from "../../ui/link";
import { Moment } from "../../ui/moment";
import { listAddress } from "../list-address";
import { sentenceOf } from "./sentence";

/** What was done and when; the name of who did it links to what else they did. */
export function AuditEntry({ event }: { event: AuditEvent }) {
  const audit = useTranslations("audit");
  const sentences = useTranslations("auditSentences");
  const outcomes = useTranslations("auditOutcome");
  const roles = useTranslations("roles");
  const browser = useTranslations("browser");
  const { actor, address, outcome } = event;
  const Mark = outcome === "refused" ? Ban : CircleHelp;
  const asWhom = actor?.role && audit("as", { role: roles(actor.role) });
  const from = address !== null && address !== "unknown" && audit("fromAddress", { address });
  return (
    <li className="flex gap-4 px-4 py-3 text-sm sm:px-5">
      <span className="w-9 shrink-0 text-right text-muted tabular-nums">
        <Moment iso={event.created_at} timeOnly />
      </span>
      <div className="min-w-0 flex-1 sm:flex sm:flex-wrap sm:items-baseline sm:justify-between sm:gap-x-4">
        <p className="min-w-0 wrap-anywhere sm:flex-1 sm:basis-80">
          {sentenceOf(event, { audit, sentences, roles, browser }).map(({ is, text }) =>
            is === "who" && actor ? (
              <Link
                key="who"
                href={listAddress("/audit", { actor: actor.name ?? actor.sub })}
                title={audit("onlyActor")}
                className="py-3 font-medium underline decoration-line underline-offset-4 hover:decoration-current"
              >
                <bdi>{text}</bdi>
              </Link>
            ) : is ? (
              <strong key={is} className="font-semibold">
                <bdi>{text}</bdi>
              </strong>
            ) : (
              text
            ),
          )}
        </p>
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-muted max-sm:mt-1">
          {outcome !== "done" && (
            <Badge tone={outcome === "refused" ? "danger" : "warning"}>
              <Mark aria-hidden="true" className="mr-1 inline size-3 align-[-0.125em]" />
              {outcomes(outcome)}
            </Badge>
          )}
          {[asWhom, from].filter(Boolean).join(" · ")}
        </p>
      </div>
    </li>
  );
}
