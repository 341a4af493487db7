import type { AuditEvent } from "./audit/contract";
import type { ToldNotice } from "./auth/sign-in/notices";
import type { Person } from "./auth/tenancy/person";
import type { TenantContext } from "./auth/tenancy/tenant";
import type { TableEnd } from "./db/table-end";
import type { TenantTransaction } from "./db/with-tenant";
import type { DemoEvent, DemoTenant } from "./demo-tenant";
import type { FeaturePage } from "./feature-page";
import type { Operation } from "./operation";

/** A section of the API document. */
type Tag = { name: string; description: string };

/** What a feature is to the rest of the house; `lib/features.ts` is the one list of them. */
export type Feature = {
  /**
   * Its folder in `lib`; also of its page in `app/(tenant)` and of its addresses in `app/api`, where it has them. Its
   * words are in `words/` there, a catalog a language.
   */
  name: string;
  tags: readonly Tag[];
  operations: Readonly<Record<string, Operation>>;
  /** What it puts on record, as `<what>.<done>`. */
  actions: readonly `${string}.${string}`[];
  /** The page in the navigation, for those whom it is for. None: it has no place there. */
  page?: FeaturePage;
  /** What of it stands on the start page, for those who may see it; at most `most` lines each. */
  home?: (tenant: TenantContext, most: number) => Promise<HomePart[]>;
  /** What whoever begins with a new tenant does first, for those who may do it. */
  firstSteps?: (tenant: TenantContext) => Promise<FirstStep[]>;
  /** It tells the start page when something there has changed: `live-home.tsx` in its folder of pages. */
  hasLiveHome?: true;
  /** How the rows of each of its tables come to their end. */
  ends?: () => Promise<readonly TableEnd[]>;
  /** What is to be looked after from time to time; each instance does so after its housekeeping. */
  chore?: () => Promise<void>;
  /**
   * Puts what people did in a tenant of the demonstration into its tables, and says what of it is to be on record.
   * Nothing for a tenant that it has no rows for.
   */
  demo?: (tenant: DemoTenant) => Promise<readonly DemoEvent[]>;
  /** Hears what the owner of an account is told, in the transaction that keeps it. */
  hearNotice?: (tx: TenantTransaction, told: ToldNotice) => Promise<void>;
};

/** A part of the start page. Its words are keys under `home`. */
export type HomePart = {
  /** What wants to be looked at stands before what one has worked on. */
  kind: "attention" | "work";
  /** The title takes `count`. */
  title: string;
  count: number;
  isUrgent?: boolean;
  more?: { href: string; label: string };
  /** What stands there instead of lines. */
  none: string;
  lines: HomeLine[];
};
type HomeLine = { id: string; at: string; href?: string; note?: string; acts?: HomeActs } & (
  | { text: string; person?: Person }
  | { event: AuditEvent }
);

/** What can be done with a line where it stands: each a PATCH of the address. What is said are keys under `home`. */
export type HomeActs = {
  address: `/api/${string}`;
  each: readonly HomeAct[];
  /** Said where somebody else was faster. */
  overtaken: string;
};
/** `named` and `done` take what the line is called as `name`. */
type HomeAct = {
  label: string;
  named: string;
  done: string;
  body: Readonly<Record<string, string>>;
  /** Takes it back, for a while. */
  undo?: { label: string; done: string; body: Readonly<Record<string, string>> };
};

/** `label` is a key under `home`. `isOwn`: it concerns one person, and a tenant is no longer new without it. */
export type FirstStep = { label: string; href: string; isDone: boolean; isOwn?: true };

/** A feature whose words have the keys of `Words`: those in English, for the compiler to know them. Never there when it runs. */
type Worded<Own, Words> = Own & { readonly words?: Words };

/** Types a feature: `feature<typeof en>()({ … })`. */
export function feature<Words>() {
  return <const Own extends Feature>(own: Own): Worded<Own, Words> => own;
}
