import { statementsOf } from "./sql-statements";

const TOUCHED = /\b(?:from|join|update|delete from|using|into)\s+(?:only\s+)?"?(?:public"?\."?)?(\w+)"?/gi;

/**
 * The statements of a migration that read or change rows of a tenant's table while forced policies hide every one from the
 * owner: they would do nothing, without an error.
 *
 * @param tenantTables their names.
 */
export function blindStatements(sql: string, tenantTables: string[]): string[] {
  let isMaintenance = false;
  const unforced = new Set<string>();
  const blind: string[] = [];
  for (const { text } of statementsOf(sql)) {
    const role = text.match(/^(set local|reset) role\b\s*(\w*)/i);
    if (role) isMaintenance = role[2] === "app_maintenance";
    const forced = text.match(/^alter table "(\w+)" (no )?force row level security$/i);
    if (forced?.[1]) unforced[forced[2] ? "add" : "delete"](forced[1]);
    if (isMaintenance || !/^(select|insert|update|delete|with|merge|do)\b/i.test(text)) continue;
    const touched = [...text.matchAll(TOUCHED)].map(([, name = ""]) => name);
    if (touched.some((name) => tenantTables.includes(name) && !unforced.has(name))) blind.push(text);
  }
  return isMaintenance ? [...blind, "the role is never given back"] : blind;
}
