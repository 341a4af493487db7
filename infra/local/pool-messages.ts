import type {
  MessageTemplateType,
  VerificationMessageTemplateType,
} from "@aws-sdk/client-cognito-identity-provider";
import { mailOf } from "../terraform/lambda/mail";
import messages from "../terraform/messages.json" with { type: "json" };

/** What a pool mails and texts: a subset of its settings. */
type PoolMessages = {
  invitation: MessageTemplateType;
  verification: VerificationMessageTemplateType;
  signInText: string;
};

/**
 * The texts of infra/terraform/messages.json, made as infra/terraform/messages.tf makes them for a pool on AWS. A pool
 * has one text for everybody, whatever their language: each says the same in English and in Japanese. Mails are HTML.
 *
 * @param appUrl where browsers find the application.
 * @param days how long the password of an invitation works.
 */
export function poolMessages(appUrl: string, days: number): PoolMessages {
  const { invitation, code, sign_in_text: signInText } = messages;
  const mail = (lines: string[]) => mailOf(lines, { appUrl, days, welcome: invitation.welcome });
  return {
    invitation: {
      EmailSubject: invitation.subject,
      EmailMessage: mail(invitation.mail),
      SMSMessage: invitation.text,
    },
    verification: {
      DefaultEmailOption: "CONFIRM_WITH_CODE",
      EmailSubject: code.subject,
      EmailMessage: mail(code.mail),
      SmsMessage: code.text,
    },
    signInText,
  };
}
