import { randomUUID } from "node:crypto";
import type { Message, MessageKind } from "../../model/user";
import type { Delivery } from "../../rules/delivery";
import { filled, templateOf } from "../../rules/message-text";
import { customMessage, type Occasion } from "./triggers";

/**
 * What would be mailed or texted, after the pool's custom message trigger. The caller stores it.
 *
 * @param sending.code the code, or of an invitation the temporary password.
 * @param sending.called the name that the message calls the user by; by default the username.
 * @throws UserLambdaValidationException and its kin when the trigger fails.
 */
export async function message(
  kind: MessageKind,
  occasion: Occasion,
  sending: Pick<Delivery, "medium" | "to"> & { code: string; called?: string },
): Promise<Message> {
  const { cognito, pool, user } = occasion;
  const { medium, to, code, called = user.username } = sending;
  const template = templateOf(pool, kind, medium);
  const { body, subject } = await customMessage({ kind, medium }, occasion, template);
  return {
    id: randomUUID(),
    poolId: pool.id,
    username: user.username,
    at: cognito.now(),
    kind,
    medium,
    to,
    subject: subject && filled(subject, code, called),
    body: filled(body, code, called),
  };
}
