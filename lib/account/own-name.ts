import { and, eq } from "drizzle-orm";
import { validate as isUuid } from "uuid";
import type { z } from "zod";
import type { Caller } from "../auth/access/identify";
import { type Me, toMe } from "../auth/tenancy/me";
import { recordedOwnFirst } from "../auth/tenancy/own-audit";
import { nameOwner } from "../cognito/own-name";
import { members } from "../db/schema";
import type { ChangeMe } from "./contract";
import { ownAccessToken } from "./own-access-token";

/**
 * Says what the caller is called, at Cognito and in the list of members.
 *
 * @throws AppError `wrong_token_use`, `conflict` for a session of the Hosted UI, `cognito_unavailable`,
 *   `database_unavailable`.
 */
export async function changeOwnName(
  caller: Caller,
  { name }: z.output<typeof ChangeMe>,
): Promise<z.output<typeof Me>> {
  const { principal } = caller;
  const accessToken = ownAccessToken(caller);
  const event = { action: "account.name_changed", detail: { name: name ?? "" } } as const;
  await recordedOwnFirst(caller, event, () => nameOwner(accessToken, name), {
    finish: async (tx, tenantId) => {
      if (!isUuid(principal.sub)) return;
      const whereOwn = and(eq(members.tenantId, tenantId), eq(members.sub, principal.sub));
      await tx.update(members).set({ name, updatedAt: new Date() }).where(whereOwn);
    },
  });
  return toMe({ ...principal, name });
}
