/** How wide the columns are, where there is room for columns. */
export const COLUMNS = {
  name: "min-w-0 md:basis-0 md:grow-[3]",
  description: "min-w-0 md:basis-0 md:grow-[4]",
  owner: "min-w-0 md:w-36 md:shrink-0",
  changed: "min-w-0 md:w-32 md:shrink-0",
} as const;
