import { findUser } from "../../cognito/pool-users";
import { type Challenge, type SignInOutcome, signInWithPassword } from "../../cognito/sign-in";
import type { ErrorCode } from "../../errors";
import { AppError } from "../../errors";
import { type DomainOwner, domainOf, ownerOfDomain } from "../single-sign-on/sign-in-way";
import { tenantOfUser } from "../tenancy/tenant";

/** What would tell one account of a domain from another. */
const OF_AN_ACCOUNT: ReadonlySet<ErrorCode> = new Set(["invalid_credentials", "password_reset_required"]);

/**
 * The first step by password. Where a tenant requires single sign-on of its domain's people, whoever does not get in is
 * told that alone, whatever was wrong and whether or not there is such an account. Cognito is asked all the same, for
 * the emergency administrator and for people of the domain in other tenants: what it lets in is judged as every
 * request is (requireServed).
 *
 * @throws AppError `single_sign_on_required`; as signInWithPassword.
 */
export async function takePassword(email: string, password: string): Promise<SignInOutcome> {
  const owner = await ownerOfDomain(domainOf(email));
  if (owner?.state !== "required") return signInWithPassword(email, password);
  const outcome = await signInWithPassword(email, password).catch((error: unknown) => {
    const isOfAccount = error instanceof AppError && OF_AN_ACCOUNT.has(error.code);
    throw isOfAccount ? new AppError("single_sign_on_required", { cause: error }) : error;
  });
  if ("challenge" in outcome) await requireOther(owner, outcome.challenge, email);
  return outcome;
}

/** Who would be refused in the end is not asked for a code first. */
async function requireOther(owner: DomainOwner, { parameters }: Challenge, email: string): Promise<void> {
  const user = await findUser(parameters.USER_ID_FOR_SRP ?? email);
  if (user && user.sub === owner.emergencySub) return;
  const isOther =
    user !== null && (await tenantOfUser({ ...user, tenantClaim: user.tenantAttribute })) !== owner.tenant;
  if (!isOther) throw new AppError("single_sign_on_required");
}

/**
 * Refuses what is done about the password of an address, such as to recover it, where none of its domain counts.
 *
 * @throws AppError `single_sign_on_required`, `database_unavailable`.
 */
export async function requirePasswordWay(email: string): Promise<void> {
  const owner = await ownerOfDomain(domainOf(email));
  if (owner?.state === "required") throw new AppError("single_sign_on_required");
}
