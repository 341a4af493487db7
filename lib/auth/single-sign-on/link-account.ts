import { and, eq } from "drizzle-orm";
import { recordedFirst } from "../../audit/recorded-first";
import { linkUser, scramblePassword, usersWithAddress } from "../../cognito/federated-users";
import { groupsOf, type PoolUser } from "../../cognito/pool-users";
import { deleteUser } from "../../cognito/user-administration";
import { members } from "../../db/schema";
import { env } from "../../env";
import { isOperator } from "../access/groups";
import type { Principal } from "../access/principal";
import { accept } from "./accepted-users";
import { tenantBy } from "./own-tenant";
import { isExternal } from "./provider-name";

/** Whose account it is by the provider from now on. */
export type Linked = { user: PoolUser; tenantId: string };

type Comer = {
  /** The user whom the provider has just made. */
  principal: Principal;
  tenantId: string;
  provider: string;
  subject: string;
  said: { email: string };
};

/**
 * Makes an account that somebody has in the same tenant already theirs by the provider too: one whose verified address
 * the provider says, of a domain that is proved. The user whom the provider has just made goes, and has nothing. The
 * password is nobody's from then on: whoever left the company would have it still.
 *
 * @param emergencySub the administrator who comes in without the provider: never linked, as no operator is.
 * @returns null where there is no such account, or there are several.
 * @throws AppError `conflict`, `cognito_unavailable`, `database_unavailable`.
 */
export async function linkOwnAccount(
  comer: Comer,
  emergencySub: string | null,
  address: string,
): Promise<Linked | null> {
  const { tenantId, provider, subject, said, principal } = comer;
  const user = await ownAccount(comer);
  if (!user || user.sub === emergencySub || isOperator({ groups: await groupsOf(user.username) }))
    return null;
  const { sub, username } = user;
  const source = { tenantId, principal: { sub, email: said.email }, role: null, address };
  return recordedFirst(source, {
    events: [{ action: "single_sign_on.linked", subject: { id: sub, label: said.email } }],
    effect: async () => {
      // The link comes last: once it is there nobody comes here again to finish what broke off.
      await deleteUser(principal.username);
      await scramblePassword(username);
      await accept({ sub, tenant: tenantId, username, subject, email: said.email, isLinked: true });
      await linkUser(username, { provider, subject });
      return { user, tenantId };
    },
    finish: async (tx, linked) => {
      const whereRow = and(eq(members.tenantId, tenantId), eq(members.sub, sub));
      await tx.update(members).set({ comesByProvider: true }).where(whereRow);
      return linked;
    },
  });
}

/** Whoever is linked already is somebody else at the provider: an address may be given to the next one. */
async function ownAccount({ tenantId, provider, said }: Comer): Promise<PoolUser | null> {
  const [only = null, ...others] = (await usersWithAddress(said.email)).filter(
    (user) =>
      user.isEnabled &&
      !isExternal(user) &&
      user.status !== "EXTERNAL_PROVIDER" &&
      user.status !== "UNCONFIRMED" &&
      user.email?.toLowerCase() === said.email &&
      user.identities?.every((each) => each.provider !== provider) &&
      (!env().MULTI_TENANT_ENABLED || tenantBy(user, user.tenantAttribute) === tenantId),
  );
  return others.length === 0 ? only : null;
}
