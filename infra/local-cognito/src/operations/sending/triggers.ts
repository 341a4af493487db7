import { z } from "zod";
import type { Client } from "../../model/client";
import { triggerFailed } from "../../model/failures";
import { regionOf } from "../../model/pool";
import type { Message, MessageKind, User } from "../../model/user";
import { attributesTold } from "../../rules/federation";
import type { MessageText } from "../../rules/message-text";
import type { InPool } from "../../store/cognito";
import { runTrigger, type TriggerEvent } from "../../tokens/trigger";

type Metadata = Record<string, string> | undefined;

/** Who did what: the parts of an event that every trigger is told. */
export interface Occasion extends InPool {
  /** Absent where an administrator acts. */
  client?: Client | undefined;
  user: Pick<User, "username" | "attributes" | "status" | "identities">;
  clientMetadata?: Metadata;
}

type TriggerName =
  | "PreSignUp"
  | "PostConfirmation"
  | "PreAuthentication"
  | "PostAuthentication"
  | "CustomMessage"
  | "DefineAuthChallenge"
  | "CreateAuthChallenge"
  | "VerifyAuthChallengeResponse"
  | "UserMigration";

/** Runs the pool's trigger of that name, if it has one: resolves to its response, or undefined without a trigger. */
export async function run(
  name: TriggerName,
  occasion: Occasion,
  { response = {}, ...event }: { source: string; request?: object; response?: object },
): Promise<Record<string, unknown> | undefined> {
  const { cognito, pool } = occasion;
  const arn = pool.settings.LambdaConfig[name];
  if (!arn) return undefined;
  return await runTrigger(
    { triggers: cognito.triggers, arn, name },
    { ...eventOf(occasion, event), response },
  );
}

/** What a trigger is told about an occasion, beside the `response` that it is to fill in. */
export function eventOf(
  { pool, client, user, clientMetadata }: Occasion,
  { source, request = {} }: { source: string; request?: object },
): TriggerEvent {
  return {
    version: "1",
    triggerSource: source,
    region: regionOf(pool),
    userPoolId: pool.id,
    userName: user.username,
    callerContext: {
      awsSdkVersion: "aws-sdk-unknown-unknown",
      clientId: client?.id ?? "CLIENT_ID_NOT_APPLICABLE",
    },
    request: {
      userAttributes: { ...attributesTold(user), "cognito:user_status": user.status },
      ...request,
      ...(clientMetadata && { clientMetadata }),
    },
  };
}

const signUpAnswer = z.object({
  autoConfirmUser: z.boolean().nullish(),
  autoVerifyEmail: z.boolean().nullish(),
  autoVerifyPhone: z.boolean().nullish(),
});

export interface PreSignUpAnswer {
  confirm: boolean;
  verified: ("email" | "phone_number")[];
}

/**
 * Before a user is made: may refuse, confirm, and verify addresses.
 *
 * Source: developer guide, "Pre sign-up Lambda trigger". For administrators' users the answer is not heeded.
 * @throws UserLambdaValidationException and its kin; InvalidLambdaResponseException for an address that is missing.
 */
export async function preSignUp(
  source: "PreSignUp_SignUp" | "PreSignUp_AdminCreateUser" | "PreSignUp_ExternalProvider",
  occasion: Occasion,
  validationData: Record<string, string>,
): Promise<PreSignUpAnswer> {
  const response = { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false };
  const request = { validationData: Object.keys(validationData).length > 0 ? validationData : null };
  const answer = await run("PreSignUp", occasion, { source, request, response });
  const parsed = signUpAnswer.safeParse(answer ?? {});
  if (!parsed.success) throw triggerFailed.badResponse();
  const { autoConfirmUser, autoVerifyEmail, autoVerifyPhone } = parsed.data;
  const verified: PreSignUpAnswer["verified"] = [];
  if (autoVerifyEmail) verified.push("email");
  if (autoVerifyPhone) verified.push("phone_number");
  if (verified.some((name) => !occasion.user.attributes[name])) throw triggerFailed.badResponse();
  return { confirm: autoConfirmUser === true, verified };
}

/** After a sign-up or a forgotten password was confirmed. */
export async function postConfirmation(
  source: "PostConfirmation_ConfirmSignUp" | "PostConfirmation_ConfirmForgotPassword",
  occasion: Occasion,
): Promise<void> {
  await run("PostConfirmation", occasion, { source });
}

/** Before the password is looked at: may refuse. `clientMetadata` reaches it as `validationData`. */
export async function preAuthentication(
  { clientMetadata, ...occasion }: Occasion,
  userNotFound: boolean,
): Promise<void> {
  const request = { validationData: clientMetadata ?? null, userNotFound };
  await run("PreAuthentication", occasion, { source: "PreAuthentication_Authentication", request });
}

/**
 * After the last challenge was answered, before tokens are made. Not on refreshing.
 * @param newDeviceUsed whether the pool remembers devices and this is none of them
 */
export async function postAuthentication(occasion: Occasion, newDeviceUsed: boolean): Promise<void> {
  const request = { newDeviceUsed };
  await run("PostAuthentication", occasion, { source: "PostAuthentication_Authentication", request });
}

const occasions: Record<MessageKind, string> = {
  invitation: "AdminCreateUser",
  "sign-up": "SignUp",
  "sign-up-again": "ResendCode",
  "forgotten-password": "ForgotPassword",
  "changed-attribute": "UpdateUserAttribute",
  "attribute-verification": "VerifyUserAttribute",
  "second-factor": "Authentication",
};

/** The `triggerSource` of a message. */
export const sourceOf = (
  trigger: "CustomMessage" | "CustomEmailSender" | "CustomSMSSender",
  kind: MessageKind,
) => `${trigger}_${occasions[kind]}`;

const messageAnswer = z.object({
  smsMessage: z.string().nullish(),
  emailMessage: z.string().nullish(),
  emailSubject: z.string().nullish(),
});

/**
 * The words of a message, still with `{####}` and `{username}` in them: the trigger's, or where it says nothing
 * those of `template`. Source: developer guide, "Custom message Lambda trigger".
 */
export async function customMessage(
  { kind, medium }: Pick<Message, "kind" | "medium">,
  occasion: Occasion,
  template: MessageText,
): Promise<MessageText> {
  const usernameParameter = kind === "invitation" ? "{username}" : null;
  const request = { codeParameter: "{####}", usernameParameter };
  const response = { smsMessage: null, emailMessage: null, emailSubject: null };
  const answer = await run("CustomMessage", occasion, {
    source: sourceOf("CustomMessage", kind),
    request,
    response,
  });
  const parsed = messageAnswer.safeParse(answer ?? {});
  if (!parsed.success) throw triggerFailed.badResponse();
  const { smsMessage, emailMessage, emailSubject } = parsed.data;
  const body = medium === "SMS" ? smsMessage : emailMessage;
  if (body && !body.includes("{####}")) {
    // Without its code: an invitation goes out in the default words (amazon-cognito-developer-guide#31), others not at all.
    if (kind !== "invitation") throw triggerFailed.badResponse();
    return template;
  }
  return medium === "SMS"
    ? { body: body || template.body }
    : { body: body || template.body, subject: emailSubject || template.subject };
}
