import { recordAuditApart } from "../../audit/record";
import { recordedFirst } from "../../audit/recorded-first";
import { groupsOf } from "../../cognito/pool-users";
import { refreshTokens, revokeRefreshToken } from "../../cognito/refresh-tokens";
import type { Tokens } from "../../cognito/sign-in";
import { addToGroup, deleteUser, isWithoutGroup } from "../../cognito/user-administration";
import { env } from "../../env";
import { AppError } from "../../errors";
import { log } from "../../log";
import { GIVEN_ROLES } from "../../roles";
import { groupOf } from "../access/groups";
import { type Principal, unverifiedOwner } from "../access/principal";
import { recordRefusal } from "../limits/record-refusal";
import { addressIn, type SaidAddress, settingsOf, whyRefused } from "./acceptance";
import { type AcceptedUser, accept, findAccepted, findLinked } from "./accepted-users";
import { type Linked, linkOwnAccount } from "./link-account";
import { tenantBy } from "./own-tenant";
import { isExternal, providerNameOf } from "./provider-name";

/** What became of somebody who comes back from the Hosted UI. */
export type Arrival =
  /** With tokens that say their tenant and role by now; and the address that was accepted, where a provider says it. */
  | { tokens: Tokens; email: string | null }
  /** Their account of before is theirs by the provider from now on: they have to come once more. */
  | { linked: Linked };

/** Somebody whom a provider sent. */
type Comer = { principal: Principal; tenantId: string; subject: string; said: SaidAddress | null };

/**
 * Lets in whoever comes by a tenant's provider, or not: nothing that it says counts before. Anybody else passes.
 *
 * @param tokens as Cognito gave them to us.
 * @param address where the request comes from.
 * @throws AppError `single_sign_on_refused`, `cognito_unavailable`, `database_unavailable`.
 */
export async function arrive(tokens: Tokens, address: string): Promise<Arrival> {
  const principal = unverifiedOwner(tokens);
  const said = addressIn(tokens);
  if (!isExternal(principal)) {
    const linked = await findLinked(principal.sub);
    if (!linked) return { tokens, email: null };
    const comer = { principal, tenantId: linked.tenant, subject: linked.subject, said };
    const isTheirs =
      !env().MULTI_TENANT_ENABLED || tenantBy(principal, principal.tenantClaim) === linked.tenant;
    const why = isTheirs
      ? await whyRefused(linked.tenant, await settingsOf(linked.tenant), said)
      : "of another tenant";
    if (why !== null) return refuse(comer, { tokens, why, address });
    return returning(comer, linked, tokens);
  }
  const tenantId = tenantBy(principal, principal.tenantClaim);
  const provider = tenantId === null ? null : providerNameOf(tenantId);
  const subject = principal.identities?.find((each) => each.provider === provider)?.subject;
  if (tenantId === null || provider === null || subject === undefined) {
    throw new AppError("single_sign_on_refused", { cause: "of no one tenant's provider" });
  }
  const comer = { principal, tenantId, subject, said };
  const settings = await settingsOf(tenantId);
  const why = await whyRefused(tenantId, settings, said);
  if (why !== null || said === null || settings === null) {
    return refuse(comer, { tokens, why: why ?? "no address", address });
  }
  const before = await findAccepted(principal.sub, tenantId);
  if (before) return returning(comer, before, tokens);
  const linked = await linkOwnAccount({ ...comer, provider, said }, settings.emergencySub, address);
  if (linked) return { linked };
  try {
    const renewed = await letIn({ ...comer, said }, settings.newcomerRole, { tokens, address });
    return { tokens: renewed, email: said.email };
  } catch (error) {
    if (!isWithoutGroup(error)) throw error;
    return refuse(comer, { tokens, why: "no group of the newcomers' role", address });
  }
}

/** A newcomer, with the role that the tenant gives them unless they have one. Once that is so, they count. */
async function letIn(
  { principal, tenantId, subject, said }: Comer & { said: SaidAddress },
  role: (typeof GIVEN_ROLES)[number],
  { tokens, address }: { tokens: Tokens; address: string },
): Promise<Tokens> {
  const { sub, username } = principal;
  const source = { tenantId, principal: { sub, email: said.email }, role: null, address };
  await recordedFirst(source, {
    events: [{ action: "single_sign_on.arrived", detail: { role } }],
    effect: async () => {
      const groups = await groupsOf(username);
      const group = groupOf(role);
      if (group !== null && !GIVEN_ROLES.some((each) => groups.includes(each))) {
        await addToGroup(username, group);
      }
      await accept({ sub, tenant: tenantId, username, subject, email: said.email, isLinked: false });
    },
    finish: async () => undefined,
  });
  return renewed(principal, tokens);
}

/** Their domain is proved, and the address theirs, whatever Cognito makes of it at each sign-in. */
async function returning({ said }: Comer, before: AcceptedUser, tokens: Tokens): Promise<Arrival> {
  if (said !== null && said.email !== before.email) await accept({ ...before, email: said.email });
  return { tokens, email: said?.email ?? before.email };
}

/** The tokens as they are now, with what was just changed in them. */
async function renewed({ username }: Principal, { refreshToken, ...tokens }: Tokens): Promise<Tokens> {
  if (!refreshToken) return { ...tokens, refreshToken };
  const fresh = await refreshTokens(refreshToken, username, "web");
  return { ...fresh, refreshToken: fresh.refreshToken ?? refreshToken };
}

/** Leaves nothing of somebody who was never let in. */
async function refuse(
  { principal, tenantId, subject, said }: Comer,
  { tokens, why, address }: { tokens: Tokens; why: string; address: string },
): Promise<never> {
  const { sub, username } = principal;
  // By the tenant: a provider can send as many people as it likes.
  await recordRefusal("single_sign_on.refused", tenantId, (at) =>
    recordAuditApart(
      { tenantId, principal: null, role: null, address },
      {
        action: "single_sign_on.refused",
        subject: { id: subject, label: said?.email ?? subject },
        outcome: "refused",
        detail: { why },
        at,
      },
    ),
  );
  try {
    if (tokens.refreshToken) await revokeRefreshToken(tokens.refreshToken, "web");
    const isKnown = (await findAccepted(sub, tenantId)) !== null;
    if (!isKnown && isExternal(principal)) await deleteUser(username);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    log("warn", "single_sign_on.not_removed", { sub, error });
  }
  throw new AppError("single_sign_on_refused", { cause: why });
}
