import type { Facts, Notice } from "../auth/sign-in/notices";

const TITLES: Record<Notice, string> = {
  new_login: "New login detected",
  password_changed: "Your password was changed",
  password_recovered: "Your password was recovered by a mailed code",
  authenticator_added: "An authenticator app was turned on",
  authenticator_removed: "The authenticator app was turned off",
  factor_preferred: "Another second factor is asked for first",
  passkey_added: "A passkey was added",
  single_sign_on_linked: "Your account was linked to your company's single sign-on",
  passkey_removed: "A passkey was removed",
};

/** A notice in English, as all that the API says; a page says it in its reader's language instead. */
export function noticeText(
  notice: Notice,
  { address, user_agent }: Facts,
): { title: string; detail: string } {
  const title = TITLES[notice];
  if (notice === "new_login") {
    return { title, detail: `From ${user_agent || "an unnamed client"}, address ${address}.` };
  }
  const ended = notice === "password_recovered" ? "Everything" : "Everything else";
  return { title, detail: `${ended} that was signed in has to sign in again. Address ${address}.` };
}
