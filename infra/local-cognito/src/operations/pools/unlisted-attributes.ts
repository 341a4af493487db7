import type { Client } from "../../model/client";
import type { Pool } from "../../model/pool";
import { unlistedCustom } from "../../rules/schema";
import type { Cognito } from "../../store/cognito";

/** Says once for each client, as long as the server runs, that its users may write custom attributes since it lists none. */
export function warnOfUnlisted(cognito: Cognito, pool: Pool, { id, settings }: Client): void {
  const custom = unlistedCustom(pool.schema, settings.WriteAttributes);
  if (custom.length === 0 || cognito.warned.has(id)) return;
  cognito.warned.add(id);
  console.warn(
    `local Cognito: client ${id} lists no WriteAttributes, so that its users may write ${custom.join(", ")}.`,
  );
}
