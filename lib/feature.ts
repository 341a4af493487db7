import type { Locale } from "./languages";
import type { Operation } from "./operation";
import type { Permission } from "./permission";

/** Words of one language, by namespace and key. A feature brings its own; those of all of them are put together. */
export type Catalog = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** A section of the API document. */
export type Tag = { name: string; description: string };

/** What a feature is to the rest of the house; `lib/features.ts` is the one list of them. */
export type Feature = {
  /** Its folder in `lib`; also of its page in `app/(tenant)` and of its addresses in `app/api`, where it has them. */
  name: string;
  tags: readonly Tag[];
  operations: Readonly<Record<string, Operation>>;
  /** What it puts on record, as `<what>.<done>`. */
  actions: readonly `${string}.${string}`[];
  /** The page in the navigation, for those who have the permission. None: it has no place there. */
  page?: { needs: Permission };
  words: Readonly<Record<Locale, Catalog>>;
};
