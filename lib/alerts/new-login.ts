import type { Alert, NewAlert } from "./contract";

/** What marks the alert as the application's own. The title alone would not: people name theirs as they like. */
const TITLE = "New login detected";
const SOURCE = "sign-in";
const UNNAMED = "an unnamed client";

/** `userAgent` is what the client says of itself, "" for nothing; `address` where it came from, or "unknown". */
export type NewLogin = { userAgent: string; address: string };

/** The alert about a sign-in from a device that was not seen before, in English like all that the API says. */
export function newLoginAlert({ userAgent, address }: NewLogin): NewAlert {
  const detail = `From ${userAgent || UNNAMED}, address ${address}.`;
  return { title: TITLE, detail, severity: "info", source: SOURCE };
}

/** What such an alert is about, for a page to say it in its reader's language; null for every other alert. */
export function newLoginOf({ title, detail, source }: Pick<Alert, "title" | "detail" | "source">) {
  if (title !== TITLE || source !== SOURCE) return null;
  const [, client, address] = /^From (.*), address ([^,]*)\.$/s.exec(detail) ?? [];
  if (client === undefined || address === undefined) return null;
  return { userAgent: client === UNNAMED ? "" : client, address } satisfies NewLogin;
}
