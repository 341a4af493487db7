/** What becomes of one of several items. */
export const ITEM_OUTCOMES = ["done", "forbidden", "not_found"] as const;
