/** How wide the columns are, where there is room for columns; the description has the rest. */
export const COLUMNS = {
  chosen: "w-11",
  name: "w-[32%]",
  owner: "w-40",
  changed: "w-36",
  delete: "w-12",
} as const;
