import { setTimeout as sleep } from "node:timers/promises";
import { recordedFirst } from "../audit/recorded-first";
import { groupOf } from "../auth/access/groups";
import { spend } from "../auth/limits/rate-limit";
import { requirePasswordWay } from "../auth/sign-in/password-way";
import { settingsOf } from "../auth/single-sign-on/acceptance";
import type { TenantContext } from "../auth/tenancy/tenant";
import { keepTenant } from "../auth/tenancy/tenants";
import { findUser, type PoolUser } from "../cognito/pool-users";
import {
  addToGroup,
  createUser,
  deleteUser,
  type InvitedBy,
  mailInvitation,
} from "../cognito/user-administration";
import { endTurn, giveTurnBack, type Once, type Turn, takeTurn } from "../db/only-once";
import { withTenant } from "../db/with-tenant";
import { env } from "../env";
import { AppError } from "../errors";
import type { GivenRole } from "../roles";
import type { Member, NewMember } from "./contract";
import { invitedBy } from "./invited-by";
import { saveMember } from "./member-rows";
import { inGroups, statusOf, tenantOf } from "./pool-member";

/** How long a repetition waits for the first (milliseconds), and how often it looks. */
const WAIT_MS = 5_000;
const POLL_MS = 100;

/**
 * Makes an account in the caller's tenant and mails a temporary password to it. The mail goes out last: until then
 * nobody can sign in with more rights than were meant. The key is taken and the record begun before Cognito is asked.
 *
 * @param idempotencyKey with the same key, the same request is carried out once and answered alike for a day; one that
 *   broke off is finished.
 * @throws AppError `member_exists`, the same for an account of this tenant and of any other; `conflict` while the same
 *   request is under way; `single_sign_on_required` where their password would be refused; `idempotency_key_reused`, `invalid_request`, `rate_limited`, `cognito_unavailable`.
 */
export async function inviteMember(
  tenant: TenantContext,
  input: NewMember,
  idempotencyKey: string | null = null,
): Promise<Member> {
  const { tenantId, principal } = tenant;
  const once = { tenantId, ownerSub: principal.sub, operation: "inviteMember", key: idempotencyKey, input };
  await requireInvitable(tenantId, input.email);
  const turn = await turnOf(once);
  if (turn.is === "answered") return turn.answer;
  const { email, name = null, role } = input;
  try {
    await spend("member_mail", { recipient: email, tenant: tenantId });
  } catch (error) {
    await withTenant(tenantId, (tx) => giveTurnBack(tx, once));
    throw error;
  }
  const subject = { id: email, label: email };
  await keepTenant(tenantId);
  const from = await invitedBy(tenant);
  return recordedFirst(tenant, {
    events: [{ action: "member.invited", subject, detail: { role } }],
    ended: ({ sub }) => [{ action: "member.invited", subject: { id: sub, label: email }, detail: { role } }],
    effect: async () => {
      const user = await newAccount(tenantId, { email, name }, turn);
      await admit(user, role, from);
      return user;
    },
    finish: async (tx, user) => {
      const member = await saveMember(tx, tenantId, inGroups(user, groupsFor(role)), {
        invitedAt: new Date(),
      });
      await endTurn(tx, once, member);
      return member;
    },
    giveUp: (tx) => giveTurnBack(tx, once),
  });
}

/** A password would be of no use to them. @throws AppError `single_sign_on_required`, `database_unavailable`. */
async function requireInvitable(tenantId: string, email: string): Promise<void> {
  await requirePasswordWay(email);
  const settings = await settingsOf(tenantId);
  if (settings?.state === "required") throw new AppError("single_sign_on_required");
}

/** @throws AppError `conflict` when the first does not come to an end. */
async function turnOf(once: Once): Promise<Turn<Member>> {
  for (const deadline = Date.now() + WAIT_MS; ; await sleep(POLL_MS)) {
    const turn = await withTenant(once.tenantId, (tx) => takeTurn<Member>(tx, once));
    if (turn) return turn;
    if (Date.now() > deadline) {
      const detail = "The same request is still under way. Try again in a moment.";
      throw new AppError("conflict", { detail, retryAfter: 1 });
    }
  }
}

/** The account that is made now, or that was made by the same request before it broke off. */
async function newAccount(
  tenantId: string,
  { email, name }: { email: string; name: string | null },
  turn: Turn<Member>,
): Promise<PoolUser> {
  try {
    return await createUser(email, name, env().MULTI_TENANT_ENABLED ? tenantId : null);
  } catch (error) {
    const isThere = error instanceof AppError && error.code === "member_exists";
    const user = isThere && turn.is === "resumed" ? await findUser(email) : null;
    const isOurs = user && turn.is === "resumed" && user.createdAt >= wholeSecond(turn.since);
    if (!isOurs || tenantOf(user) !== tenantId || statusOf(user) !== "invited") throw error;
    return user;
  }
}

/** Cognito says when an account was made to the second. */
function wholeSecond(moment: Date): Date {
  return new Date(Math.floor(moment.getTime() / 1000) * 1000);
}

function groupsFor(role: GivenRole): string[] {
  return [groupOf(role)].flatMap((group) => group ?? []);
}

/** Gives the new account its role and its mail, or takes it back: without its group it would have another role. */
async function admit(user: PoolUser, role: GivenRole, from: InvitedBy): Promise<void> {
  try {
    for (const group of groupsFor(role)) await addToGroup(user.username, group);
    await mailInvitation(user, from);
  } catch (error) {
    await deleteUser(user.username);
    throw error;
  }
}
