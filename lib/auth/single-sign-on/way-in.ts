import type { SingleSignOnState } from "../../db/schema";
import { env } from "../../env";
import { AppError } from "../../errors";
import { isOperator } from "../access/groups";
import type { Principal } from "../access/principal";
import { isExternal } from "./provider-name";

/** By what a request is judged, as the database has it. */
export type WaysIn = {
  state: SingleSignOnState | null;
  emergencySub: string | null;
  /** Whether they were let in by the tenant's provider, and whether they had an account before; null: never. */
  isLinked: boolean | null;
  /** Whether the address they were let in with is of a domain that is the tenant's still. */
  isOfDomain: boolean;
};

/**
 * Refuses whoever came in by a way that is not open: by the provider while it is switched off, or without having been let
 * in, or with an address of a domain that is not the tenant's any more; in any other way while single sign-on is required.
 *
 * Cognito does not say by which way somebody with a link came. A password or a passkey signs in at the server's client,
 * a provider at the Hosted UI's, so that there it counts as the provider's.
 *
 * @throws AppError `single_sign_on_refused`, `single_sign_on_required`.
 */
export function requireWayIn(
  principal: Pick<Principal, "sub" | "username" | "clientId" | "groups">,
  { state, emergencySub, isLinked, isOfDomain }: WaysIn,
): void {
  const { sub, clientId } = principal;
  const isTheirs = isExternal(principal);
  if (isTheirs && isLinked !== false) {
    throw new AppError("single_sign_on_refused", { cause: "was never let in" });
  }
  if (isTheirs || (isLinked && clientId === env().COGNITO_WEB_CLIENT_ID)) {
    // No company's provider says who is the platform's own staff.
    if (isOperator(principal)) throw new AppError("single_sign_on_refused", { cause: "an operator" });
    if (state !== "on" && state !== "required") {
      throw new AppError("single_sign_on_refused", { cause: "switched off" });
    }
    if (!isOfDomain) throw new AppError("single_sign_on_refused", { cause: "not of the tenant's domains" });
    return;
  }
  if (state !== "required" || sub === emergencySub || isOperator(principal)) return;
  throw new AppError("single_sign_on_required");
}
