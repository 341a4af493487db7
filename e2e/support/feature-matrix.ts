import { FEATURES } from "../../lib/features";
import type { Role } from "../../lib/roles";
import type { Api } from "./api";
import { UNKNOWN_ID } from "./api-contract";

/** What is to hold of a feature between tenants, written down a second time: the attack matrix trusts no code. */
export type FeatureMatrix = {
  /** The permissions of each role that the matrix tries, by name. */
  may: Partial<Record<Role, readonly string[]>>;
  /**
   * A row for others to try and reach, with `text` in it.
   *
   * @returns what stands for `{id}` in the feature's paths, and for any other part unless there is an `inner` one.
   */
  row?: (api: Api, text: string) => Promise<string>;
  /** A row within that row, with `text` in it. @returns what stands for the part after `{id}`. */
  inner?: (api: Api, id: string, text: string) => Promise<string>;
  /** What is sent, by the id of the operation. @param id of the row. */
  bodies?: Record<string, (id: string) => unknown>;
  /** The fields of a body that may be `null`, by the id of the operation. */
  mayBeNull?: Record<string, readonly string[]>;
  /**
   * What an operator is answered in a tenant that is not theirs, where it is not what others are answered in their own;
   * of what is for operators alone, what they are refused with.
   */
  forAnOperator?: Record<string, { status: number; code: string }>;
  /** Codes that whoever may do it can be told all the same, by how things stand; by the id of the operation. */
  byTheState?: Record<string, readonly string[]>;
  /** How often one may do what is allowed is limited: whoever may at all can be told so. */
  isLimited?: true;
};

/** That of each feature, by its name: `e2e/<feature>/matrix.ts`. */
export const MATRICES: ReadonlyMap<string, FeatureMatrix> = new Map(
  await Promise.all(
    FEATURES.map(async ({ name }): Promise<[string, FeatureMatrix]> => {
      const { matrix } = (await import(`../${name}/matrix.ts`)) as { matrix: FeatureMatrix };
      return [name, matrix];
    }),
  ),
);

/** What stands for the parts of a path. */
export type Row = { id: string; inner: string };
/** The row of each feature that has one, by its name. */
export type Rows = ReadonlyMap<string, Row>;
export const UNKNOWN_ROW: Row = { id: UNKNOWN_ID, inner: UNKNOWN_ID };

export function addressOfRow(path: string, { id, inner }: Row): string {
  return path.replace("{id}", id).replaceAll(/\{\w+\}/g, inner);
}

/** A row of each kind with `text` in it, for others to try and reach. */
export async function rowsIn(api: Api, text: string): Promise<Rows> {
  const rows = new Map<string, Row>();
  for (const [feature, { row, inner }] of MATRICES) {
    if (!row) continue;
    const id = await row(api, text);
    rows.set(feature, { id, inner: inner ? await inner(api, id, text) : id });
  }
  return rows;
}
