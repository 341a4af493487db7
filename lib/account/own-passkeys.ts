import type { z } from "zod";
import { recordAudit } from "../audit/record";
import type { Caller } from "../auth/access/identify";
import type { Principal } from "../auth/access/principal";
import type { SignInObserver } from "../auth/sign-in/sign-in-observer";
import { resolveTenant } from "../auth/tenancy/tenant";
import { completePasskey, deletePasskey, listPasskeys, startPasskey } from "../cognito/passkeys";
import { readTenant, type TenantTransaction, withTenant } from "../db/with-tenant";
import { AppError } from "../errors";
import { log } from "../log";
import { changeAccount } from "./account-change";
import type { Passkey, PasskeyCreation, PasswordAgain, RenamePasskey, VerifyPasskey } from "./contract";
import { ownAccessToken } from "./own-access-token";
import { forgetOthers, keepPasskey, notePasskeyUse, type Owner, whereOwn } from "./passkey-rows";
import { requirePassword } from "./password-again";
import { passkeys } from "./tables";

/**
 * The caller's passkeys, the oldest first: Cognito says which there are, and we what they are called.
 *
 * @throws AppError `wrong_token_use`, `conflict` for who came in through the Hosted UI, `session_ended`,
 *   `cognito_unavailable`, `database_unavailable`; the same for all below.
 */
export async function listOwnPasskeys(caller: Caller): Promise<Passkey[]> {
  const owner = await ownerOf(caller.principal);
  const [found, rows] = await Promise.all([
    listPasskeys(ownAccessToken(caller)),
    owner ? readTenant(owner.tenantId, (tx) => tx.select().from(passkeys).where(whereOwn(owner))) : [],
  ]);
  return found.map(({ id, name: keeper, createdAt }) => {
    const row = rows.find(({ credentialId }) => credentialId === id);
    const wasUsed = row && row.usedAt > row.createdAt;
    return {
      id,
      name: row?.name ?? null,
      keeper,
      user_agent: row?.userAgent ?? "",
      address: row?.address ?? "unknown",
      created_at: createdAt.toISOString(),
      used_at: wasUsed ? row.usedAt.toISOString() : null,
    };
  });
}

/** By what the browser is to make a passkey; nothing changes until it is taken. @throws AppError also `invalid_credentials`, `rate_limited`. */
export async function beginOwnPasskey(
  caller: Caller,
  { password }: z.output<typeof PasswordAgain>,
): Promise<z.output<typeof PasskeyCreation>> {
  const accessToken = ownAccessToken(caller);
  await requirePassword(caller, password);
  const options = (await startPasskey(accessToken)) as z.output<typeof PasskeyCreation>;
  // A passkey stands for both steps, whatever the pool makes of it: see askForPasskey.
  const selection = { ...(options.authenticatorSelection as object), userVerification: "required" };
  return { ...options, authenticatorSelection: selection };
}

/**
 * Takes the passkey that the browser made. The password is asked for here too: one can be begun at Cognito past us.
 *
 * @param userAgent of the browser that made it, to tell it by.
 * @throws AppError also `passkey_rejected`, `invalid_credentials`, `rate_limited`.
 */
export async function verifyOwnPasskey(
  observer: SignInObserver,
  caller: Caller,
  { credential, name, password, userAgent }: z.output<typeof VerifyPasskey> & { userAgent: string },
): Promise<void> {
  const accessToken = ownAccessToken(caller);
  await requirePassword(caller, password);
  const kept = {
    id: credential.id,
    name: name ?? null,
    userAgent: userAgent.slice(0, 400),
    address: caller.address ?? "unknown",
  };
  await changeAccount(observer, caller, {
    change: "passkey_added",
    make: async () => {
      const at = await completePasskey(accessToken, credential);
      await inOwnTenant(caller.principal, (tx, owner) => keepPasskey(tx, owner, kept));
      return at;
    },
  });
}

/** Names it. @throws AppError also `not_found`, `no_tenant`. */
export async function renameOwnPasskey(
  caller: Caller,
  id: string,
  { name }: z.output<typeof RenamePasskey>,
): Promise<void> {
  const found = (await listOwnPasskeys(caller)).find((each) => each.id === id);
  if (!found) throw new AppError("not_found");
  const { principal, address } = caller;
  const source = await resolveTenant({ principal, session: null, address }, null);
  const owner = { tenantId: source.tenantId, sub: principal.sub };
  await withTenant(source.tenantId, async (tx) => {
    await keepPasskey(tx, owner, { id, name, userAgent: found.user_agent, address: found.address });
    await recordAudit(tx, source, { action: "account.passkey_renamed", detail: { name } });
  });
}

/** Removes it. @throws AppError also `not_found`, `invalid_credentials`, `rate_limited`. */
export async function removeOwnPasskey(
  observer: SignInObserver,
  caller: Caller,
  { id, password }: z.output<typeof PasswordAgain> & { id: string },
): Promise<void> {
  const accessToken = ownAccessToken(caller);
  // What is not there needs no password.
  if (!(await listPasskeys(accessToken)).some((each) => each.id === id)) throw new AppError("not_found");
  await requirePassword(caller, password);
  await changeAccount(observer, caller, {
    change: "passkey_removed",
    make: async () => {
      const at = await deletePasskey(accessToken, id);
      const left = (await listPasskeys(accessToken)).map((each) => each.id);
      await inOwnTenant(caller.principal, (tx, owner) => forgetOthers(tx, owner, left));
      return at;
    },
  });
}

/** One of theirs has just signed them in. */
export function notePasskeyUsed(principal: Principal, id: string): Promise<void> {
  return inOwnTenant(principal, (tx, owner) => notePasskeyUse(tx, owner, id));
}

/** What we keep is for people to tell their passkeys apart: that it cannot be kept now fails nothing. */
async function inOwnTenant(
  principal: Principal,
  work: (tx: TenantTransaction, owner: Owner) => Promise<void>,
): Promise<void> {
  try {
    const owner = await ownerOf(principal);
    if (owner) await withTenant(owner.tenantId, (tx) => work(tx, owner));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    log("warn", "account.passkey_not_kept", { sub: principal.sub, error });
  }
}

/** Null for who has no tenant: their passkeys have no names. */
async function ownerOf(principal: Principal): Promise<Owner | null> {
  try {
    const { tenantId } = await resolveTenant({ principal, session: null }, null);
    return { tenantId, sub: principal.sub };
  } catch (error) {
    if (error instanceof AppError && error.code === "no_tenant") return null;
    throw error;
  }
}
