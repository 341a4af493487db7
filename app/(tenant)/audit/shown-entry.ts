import type { AuditEvent } from "@/lib/audit/contract";
import type { Part } from "./sentence";

/** An entry as the page shows it: its words are made by the server, once for all rows. */
export type ShownEntry = {
  event: AuditEvent;
  sentence: Part[];
  /** The time of day. */
  time: string;
  /** In which role and from where. */
  aside: string;
  /** How it came out, where that is worth a mark. */
  mark: string | null;
  /** Where to look at what it is about. */
  href: string | null;
};
