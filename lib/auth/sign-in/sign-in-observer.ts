import type { PoolUser } from "../../cognito/pool-users";
import type { Principal } from "../access/principal";

/** By which way in, and from where. */
export type SignInOrigin = {
  way: "form" | "passkey" | "hosted_ui" | "single_sign_on" | "api";
  /** The passkey that signed in, by its id; programs have them too. */
  passkey?: string;
  userAgent: string;
  address: string;
};

/** A password, a code or a passkey that was wrong; what was refused before it was tried is not worth a record. */
const REFUSED_STEPS = [
  "invalid_credentials",
  "password_reset_required",
  "code_rejected",
  "passkey_rejected",
] as const;
type RefusedStep = (typeof REFUSED_STEPS)[number];

/** What somebody who is signed in can change about it. */
export type AccountChange =
  | "password_changed"
  | "authenticator_added"
  | "authenticator_removed"
  | "factor_preferred"
  | "passkey_added"
  | "passkey_removed";

/** Told of sign-ins and sign-outs. Who listens is decided in app: one feature does not know the other. */
export type SignInObserver = {
  /** Every step is done; the answer waits for this. `isNewDevice`: they were not seen on it before. */
  signedIn(principal: Principal, from: SignInOrigin & { isNewDevice: boolean }): Promise<void>;
  /** Must not do anything before the answer is out, or its time would tell whether there is such an account. */
  refused(email: string, step: RefusedStep, from: SignInOrigin): void;
  /** A forgotten password was replaced by means of a mailed code, and everything that was signed in has ended. */
  recovered(user: PoolUser, address: string): Promise<void>;
  /** Somebody changed what signing in takes, and everything else that was signed in has ended. */
  accountChanged(principal: Principal, change: AccountChange, address: string): Promise<void>;
  /** An account of before is its owner's by their tenant's provider too, and has no password any more. */
  linked(user: PoolUser, tenantId: string, address: string): Promise<void>;
  /** A browser's session was ended by its sign-out button. */
  signedOut(principal: Principal, address: string): Promise<void>;
};

/** Whether a refusal is told. */
export function isRefusedStep(code: string): code is RefusedStep {
  return REFUSED_STEPS.some((each) => each === code);
}
