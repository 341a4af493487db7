import type { AuditEvent } from "@/lib/audit/contract";
import type { AuditAction } from "@/lib/auth/audit";
import { browserName } from "../account/browser-name";

type Told = { who: string; what: string; detail: AuditEvent["detail"] };

const WAYS: Record<string, string> = {
  form: "with e-mail and password",
  hosted_ui: "through single sign-on",
  api: "from a script",
};
const FACTORS: Record<string, string> = {
  SMS_MFA: "a text message",
  SOFTWARE_TOKEN_MFA: "the authenticator app",
};

const SENTENCES: Record<AuditAction, (told: Told) => string> = {
  "sign_in.succeeded": ({ who, detail }) =>
    `${who} signed in ${WAYS[String(detail.way)] ?? ""}${detail.new_device ? ", on a new device" : ""}`,
  "sign_in.refused": ({ what, detail }) =>
    `Somebody tried to sign in as ${what} with a wrong ${detail.code === "code_rejected" ? "code" : "password"}`,
  "sign_out.browser": ({ who }) => `${who} signed out`,
  "sign_out.session": ({ who, detail }) =>
    `${who} ended their session on ${browserName(String(detail.user_agent ?? ""))}`,
  "sign_out.everywhere": ({ who }) => `${who} signed out everywhere`,
  "account.password_changed": ({ who }) => `${who} changed their password`,
  "account.password_recovered": ({ what }) => `${what} chose a new password with a mailed code`,
  "account.authenticator_added": ({ who }) => `${who} turned their authenticator app on`,
  "account.authenticator_removed": ({ who }) => `${who} turned their authenticator app off`,
  "account.factor_preferred": ({ who, detail }) =>
    `${who} is now asked for a code of ${FACTORS[String(detail.preferred)] ?? "another kind"} first`,
  "tenant.mismatch": ({ who, what }) => `${who} asked for the tenant ${what}`,
  "tenant.operator_entered": ({ who }) => `${who}, an operator of the platform, was at work here`,
  "item.created": ({ who, what }) => `${who} added the item “${what}”`,
  "item.changed": ({ who, what }) => `${who} changed the item “${what}”`,
  "item.deleted": ({ who, what }) => `${who} deleted the item “${what}”`,
  "alert.created": ({ who, what }) => `${who} raised the alert “${what}”`,
  "alert.acknowledged": ({ who, what }) => `${who} acknowledged the alert “${what}”`,
  "alert.resolved": ({ who, what }) => `${who} resolved the alert “${what}”`,
  "member.invited": ({ who, what, detail }) => `${who} invited ${what} as ${detail.role}`,
  "member.invitation_resent": ({ who, what }) => `${who} sent ${what} the invitation again`,
  "member.role_changed": ({ who, what, detail }) =>
    `${who} changed the role of ${what} from ${detail.from} to ${detail.to}`,
  "member.disabled": ({ who, what }) => `${who} disabled ${what}`,
  "member.enabled": ({ who, what }) => `${who} enabled ${what}`,
  "member.password_reset": ({ who, what }) => `${who} reset the password of ${what}`,
  "member.factors_reset": ({ who, what }) => `${who} turned the second step of ${what} off`,
  "member.removed": ({ who, what }) => `${who} removed ${what}`,
  "member.directory_read": ({ who, detail }) =>
    `${who} looked for members created elsewhere; ${detail.found} were found`,
};

/** An event as a person would say it. One of an action that is not known any more is named by it. */
export function sentenceOf({ action, actor, subject, detail }: AuditEvent): string {
  const who = actor === null ? "Somebody" : (actor.name ?? `An unnamed ${actor.role ?? "user"}`);
  const tell = SENTENCES[action as AuditAction] as ((told: Told) => string) | undefined;
  return tell ? tell({ who, what: subject?.label ?? "", detail }) : `${who}: ${action}`;
}

/** What to call an action, or a group of them, in a list of choices. */
export function nameOf(action: string): string {
  const words = action.replace(/^[^.]*\./, "").replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
