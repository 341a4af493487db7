import type { Pool } from "../model/pool";
import type { MessageKind } from "../model/user";

export interface MessageText {
  body: string;
  /** Mails have one, texts do not. */
  subject?: string | undefined;
}

const CODE = "{####}";
const USERNAME = "{username}";

/** The pool's words for a message, with `{####}` and `{username}` in them; without any, Cognito's own. */
export function templateOf(pool: Pool, kind: MessageKind, medium: "EMAIL" | "SMS"): MessageText {
  const { settings } = pool;
  if (kind === "invitation") {
    const said = settings.AdminCreateUserConfig.InviteMessageTemplate;
    const words = `Your username is ${USERNAME} and temporary password is ${CODE}`;
    return medium === "SMS"
      ? { body: said?.SMSMessage ?? words }
      : { body: said?.EmailMessage ?? `${words}.`, subject: said?.EmailSubject ?? "Your temporary password" };
  }
  if (kind === "second-factor") {
    if (medium === "EMAIL") {
      const { Message, Subject } = pool.factors?.email ?? {};
      return {
        body: Message ?? `Your authentication code is ${CODE}`,
        subject: Subject ?? "Your authentication code",
      };
    }
    return { body: settings.SmsAuthenticationMessage ?? `Your authentication code is ${CODE}. ` };
  }
  const said = settings.VerificationMessageTemplate;
  if (medium === "SMS") {
    return {
      body: said?.SmsMessage ?? settings.SmsVerificationMessage ?? `Your confirmation code is ${CODE}`,
    };
  }
  return {
    body: said?.EmailMessage ?? settings.EmailVerificationMessage ?? `Your confirmation code is ${CODE}`,
    subject: said?.EmailSubject ?? settings.EmailVerificationSubject ?? "Your verification code",
  };
}

/** @param code the code or temporary password. */
export function filled(text: string, code: string, username: string): string {
  // As functions: a "$&" in a password is not a replacement pattern.
  return text.replaceAll(USERNAME, () => username).replaceAll(CODE, () => code);
}
