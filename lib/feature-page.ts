import type { PageIcon } from "./page-icon";
import type { Permission } from "./permission";

/** Whom something is for: whose role carries the permission, or the platform's own staff. */
export type Needs = Permission | "operator";

/** A feature's page in the navigation, and what can be got at from every other page. */
export type FeaturePage = {
  needs: Needs;
  /** What it lists has pages of its own, each at its id. */
  hasRows?: true;
  icon: PageIcon;
  /** Seldom needed: it stands in one's own menu, and not beside the others. */
  isInMenu?: true;
  /** What can be begun from anywhere: `label` is a key under `palette`, `href` the address where it is begun. */
  begin?: readonly { label: string; href: `/${string}`; needs: Needs }[];
  /** How its rows are found from anywhere. */
  find?: Find;
};

/** A list of the API that is searched as one types. */
export type Find = {
  list: `/api/${string}`;
  /** The parameter that takes what was typed. */
  by: string;
  /** The field of a row that is shown. */
  shows: string;
  /** Another one beside it, by which two of one name are told apart. */
  beside?: string;
  /** Where a row is looked at; fields of the row stand in braces. */
  href: `/${string}`;
};
