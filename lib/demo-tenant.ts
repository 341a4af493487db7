import type { AuditEvent } from "./audit/record";
import type { TenantTransaction } from "./db/with-tenant";
import type { GivenRole } from "./roles";

export type DemoPerson = {
  sub: string;
  email: string;
  name: string | null;
  role: GivenRole;
  status: "invited" | "active" | "disabled" | "reset_required";
};

/** What somebody did in the past that is told. Nobody: whoever it was had not proven who they are. */
export type DemoEvent = AuditEvent & { by: DemoPerson | null; at: Date };

/** A tenant of the demonstration, for features to tell its past. */
export type DemoTenant = {
  tenantId: string;
  tx: TenantTransaction;
  /** 0: the one with the most people; each has other rows. */
  place: number;
  /** By their address. */
  people: readonly DemoPerson[];
  /** One of those who may write, by turns. */
  writer: (turn: number) => DemoPerson;
  /**
   * A moment of a working day that many days ago: 1 is its evening, 1.9 its morning, 0 now. The earlier, the more; of
   * today, the last hours.
   */
  ago: (days: number) => Date;
  /** A while after a moment, and not ahead. */
  after: (moment: Date, minutes: number) => Date;
};
