import { randomUUID } from "node:crypto";
import type { Message, MessageKind } from "../../model/user";
import type { Delivery } from "../../rules/delivery";
import { filled, templateOf } from "../../rules/message-text";
import type { Cognito } from "../../store/cognito";
import { customMessage, type Occasion } from "./triggers";

/**
 * What would be mailed or texted, after the pool's custom message trigger. The caller stores it.
 *
 * @param code the code, or of an invitation the temporary password.
 * @param called the name that the message calls the user by; by default the username.
 * @throws UserLambdaValidationException and its kin when the trigger fails.
 */
export async function message(
  cognito: Cognito,
  kind: MessageKind,
  occasion: Occasion,
  { medium, to }: Pick<Delivery, "medium" | "to">,
  code: string,
  called: string = occasion.user.username,
): Promise<Message> {
  const template = templateOf(occasion.pool, kind, medium);
  const { body, subject } = await customMessage(cognito, kind, medium, occasion, template);
  return {
    id: randomUUID(),
    poolId: occasion.pool.id,
    username: occasion.user.username,
    at: cognito.now(),
    kind,
    medium,
    to,
    subject: subject && filled(subject, code, called),
    body: filled(body, code, called),
  };
}
