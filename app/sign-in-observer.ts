import { after } from "next/server";
import { notePasskeyUsed } from "@/lib/account/own-passkeys";
import { raiseNotice, tellOwner } from "@/lib/account/raise-notice";
import { recordRefusal } from "@/lib/auth/limits/record-refusal";
import type { SignInObserver } from "@/lib/auth/sign-in/sign-in-observer";
import { recordOwnAudit } from "@/lib/auth/tenancy/own-audit";
import { FEATURES } from "@/lib/features";
import { noteSecondStep } from "@/lib/members/note-second-step";
import { tenantOf } from "@/lib/members/pool-member";
import { recordForAccount, recordOfAccount } from "@/lib/members/record-for-account";
import { rememberSignIn } from "@/lib/members/remember-sign-in";

const listeners = FEATURES.flatMap(({ hearNotice }) => hearNotice ?? []);

/** What becomes of signing in and out: a notice of a new device, the directory of members, the audit log. */
export const signInObserver: SignInObserver = {
  async signedIn(principal, from) {
    const { address, userAgent: user_agent } = from;
    if (from.isNewDevice) await tellOwner(principal, "new_login", { address, user_agent }, listeners);
    await rememberSignIn(principal, from);
    after(() => noteSecondStep(principal, "unknown"));
    if (from.passkey) await notePasskeyUsed(principal, from.passkey);
  },
  refused(email, step, { way, address }) {
    const action = "sign_in.refused";
    const record = (at: Date) =>
      recordForAccount(email, address, { action, outcome: "refused", detail: { way, code: step }, at });
    after(() => recordRefusal(action, `${way} ${email}`, record));
  },
  async recovered(user, address) {
    await recordOfAccount(user, address, { action: "account.password_recovered" });
    const tenantId = tenantOf(user);
    if (tenantId)
      await raiseNotice({ tenantId, sub: user.sub }, "password_recovered", { address }, listeners);
  },
  async linked({ sub }, tenantId, address) {
    await raiseNotice({ tenantId, sub }, "single_sign_on_linked", { address }, listeners);
  },
  async accountChanged(principal, change, address) {
    await tellOwner(principal, change, { address }, listeners);
    await noteSecondStep(principal, "changed");
  },
  signedOut(principal, address) {
    return recordOwnAudit({ principal, address }, { action: "sign_out.browser" });
  },
};
