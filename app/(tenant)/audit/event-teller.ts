import { getTranslations } from "next-intl/server";
import type { AuditEvent } from "@/lib/audit/contract";
import { sentenceOf } from "./sentence";

/** Tells who did it what they did, in sentences: for a page that only shows them. */
export async function ownEventTeller(): Promise<(event: AuditEvent) => string> {
  const you = (await getTranslations("people"))("you");
  const words = {
    audit: await getTranslations("audit"),
    sentences: await getTranslations("auditSentences"),
    roles: await getTranslations("roles"),
    browser: await getTranslations("browser"),
  };
  return (event) => {
    const actor = event.actor && { ...event.actor, display_name: you };
    return sentenceOf({ ...event, actor }, words)
      .map(({ text }) => text)
      .join("");
  };
}
