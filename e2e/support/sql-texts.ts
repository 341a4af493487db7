/** Texts that would be SQL if anybody took them for it. @param table one that there is. */
export const sqlTextsOn = (table: string): string[] => [
  "' or 1=1--",
  `'; reset role; select * from ${table}--`,
  "'; set role postgres--",
  `x'); drop table ${table};--`,
  "$1",
  `$tag$; delete from ${table}; $tag$`,
  `\\'; truncate ${table};--`,
  "' union select * from sessions--",
  "%' or tenant_id <> '",
  "_%",
  "\u02bc or 1=1",
];
