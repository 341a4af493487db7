import { account } from "./account/feature";
import { alerts } from "./alerts/feature";
import { listAuditOf } from "./audit/contract";
import { auditOf } from "./audit/feature";
import type { Feature } from "./feature";
import { items } from "./items/feature";
import { members } from "./members/feature";
import { sessionLimits } from "./session-limits/feature";
import { singleSignOn } from "./single-sign-on/feature";
import { tenants } from "./tenants/feature";

/** What the product does, in the order of its navigation. Another feature is one more name here. */
const OWN = [account, items, alerts, members, singleSignOn, sessionLimits, tenants] as const;

/** Everything that is put on record. */
export const ACTIONS: readonly string[] = OWN.flatMap(({ actions }): readonly string[] => actions);

/** What the audit log can be asked for. */
export const ListAudit = listAuditOf(ACTIONS);
const audit = auditOf(ListAudit);
export const auditOperations = audit.operations;

const ALL = [...OWN, audit] as const;
export const FEATURES: readonly Feature[] = ALL;

type Words = NonNullable<(typeof ALL)[number]["words"]>;
type AllOf<T> = (T extends unknown ? (each: T) => void : never) extends (all: infer All) => void
  ? All
  : never;
/** The words of every feature, for the compiler to know each key. */
export type FeatureWords = AllOf<Words>;
