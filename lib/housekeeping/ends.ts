import { ends as ofEndings } from "../auth/endings/ends";
import { ends as ofLimits } from "../auth/limits/ends";
import { ends as ofSessions } from "../auth/session/ends";
import { ends as ofSingleSignOn } from "../auth/single-sign-on/ends";
import { ends as ofTenancy } from "../auth/tenancy/ends";
import { ends as ofDatabase } from "../db/ends";
import type { TableEnd } from "../db/table-end";
import { FEATURES } from "../features";

/** How the rows of every table come to their end: the house's own, then those that features say at their doors. */
export async function tableEnds(): Promise<readonly TableEnd[]> {
  const ofFeatures = await Promise.all(FEATURES.map(({ ends }) => ends?.() ?? []));
  return [
    ...ofSessions,
    ...ofLimits,
    ...ofEndings,
    ...ofSingleSignOn,
    ...ofTenancy,
    ...ofDatabase,
    ...ofFeatures.flat(),
  ];
}
