/**
 * Cognito's custom message trigger: an invitation says which tenant it is to, and who invites. The application says so with
 * each invitation, as the call's ClientMetadata; every other message, and an invitation of which nothing is said, goes
 * out in the pool's own words (messages.tf). To whoever comes by a company's provider no code for a new password goes
 * out: on Cognito's own pages the password would count as their company's word, whatever that requires.
 *
 * Runs on AWS Lambda (bundled, without dependencies) and, unchanged, inside the local Cognito.
 */
import messages from "../messages.json" with { type: "json" };
import { mailOf } from "./mail";
import { singleSignOnProviders } from "./providers";

/** The parts that are used of the event (developer guide, "Custom message Lambda trigger"). */
export interface CustomMessageEvent {
  triggerSource: string;
  userName?: string;
  request: {
    codeParameter: string;
    usernameParameter?: string | null;
    userAttributes?: Record<string, string>;
    clientMetadata?: Record<string, string>;
  };
  response: { smsMessage: string | null; emailMessage: string | null; emailSubject: string | null };
}

/** Cognito takes no longer subject than 140, and has the tenant's name in it twice. */
const LONGEST_IN_SUBJECT = 40;
const LONGEST = 80;

export async function handler(event: CustomMessageEvent): Promise<CustomMessageEvent> {
  const { codeParameter, usernameParameter, userAttributes = {}, clientMetadata = {} } = event.request;
  if (event.triggerSource === "CustomMessage_ForgotPassword") {
    const providers = singleSignOnProviders(event.userName ?? "", userAttributes.identities);
    if (providers.length > 0) throw new Error("This account signs in by its company's single sign-on.");
  }
  const { tenant = "", inviter = "", app_url: appUrl } = clientMetadata;
  // What comes with other calls, anybody may have said.
  if (event.triggerSource !== "CustomMessage_AdminCreateUser" || !appUrl || !plain(tenant)) return event;
  const { mail, subject_to_tenant, welcome_to_tenant, welcome_by_inviter } = messages.invitation;
  const names = { tenant: html(plain(tenant)), inviter: html(plain(inviter)) };
  const welcome = (names.inviter ? welcome_by_inviter : welcome_to_tenant).map((line) => filled(line, names));
  const days = Number(process.env.TEMPORARY_PASSWORD_DAYS || 7);
  const emailMessage = mailOf(mail, { appUrl, days, welcome })
    .replaceAll("{####}", codeParameter)
    .replaceAll("{username}", usernameParameter ?? "{username}");
  const emailSubject = filled(subject_to_tenant, { tenant: plain(tenant, LONGEST_IN_SUBJECT), inviter: "" });
  return { ...event, response: { ...event.response, emailMessage, emailSubject } };
}

function filled(text: string, { tenant, inviter }: { tenant: string; inviter: string }): string {
  return text.replaceAll("{tenant}", () => tenant).replaceAll("{inviter}", () => inviter);
}

/**
 * What somebody wrote, on one line: without what turns the direction of writing, and without braces, in which Cognito would put
 * the password.
 */
function plain(text: string, longest = LONGEST): string {
  const line = text
    .replace(/[\p{C}\s]+/gu, " ")
    .replace(/[{}]/g, "")
    .trim();
  if (line.length <= longest) return line;
  // What is half a letter in the end is none.
  return `${line
    .slice(0, longest - 1)
    .toWellFormed()
    .replace(/\ufffd$/, "")}…`;
}

const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Mail programs make links of what looks like an address: a name is to be none. */
function html(text: string): string {
  return text.replace(/[&<>"']/g, (each) => ENTITIES[each] ?? "").replace(/[.:/@]/g, "$&&#8288;");
}
