/** What becomes of one of several items. */
export const ITEM_OUTCOMES = ["done", "forbidden", "not_found"] as const;
/** In which order a list comes; with a minus the other way round. */
export const SORTS = ["-created", "created", "-changed", "changed", "name", "-name"] as const;
export type Sort = (typeof SORTS)[number];
