import { randomUUID } from "node:crypto";
import type { Message, MessageKind } from "../../model/user";
import type { Delivery } from "../../rules/delivery";
import { filled, templateOf } from "../../rules/message-text";
import { type Change, put } from "../../store/store";
import { customSending } from "./custom-senders";
import { customMessage, type Occasion } from "./triggers";

/** A message that is ready. The caller commits the changes, and then has it sent. */
export interface Outgoing {
  changes: Change[];
  send(): void;
}

/**
 * What would be mailed or texted: for a custom sender, or in the words of the pool or its custom message trigger.
 *
 * @param sending.code the code, or of an invitation the temporary password.
 * @param sending.called the name that the message calls the user by; by default the username.
 * @throws UserLambdaValidationException and its kin when the trigger fails.
 */
export async function message(
  kind: MessageKind,
  occasion: Occasion,
  sending: Pick<Delivery, "medium" | "to"> & { code: string; called?: string },
): Promise<Outgoing> {
  const { cognito, pool, user } = occasion;
  const { medium, to, code, called = user.username } = sending;
  const send = await customSending({ kind, medium }, occasion, code);
  if (send) return { changes: [], send };
  const template = templateOf(pool, kind, medium);
  const { body, subject } = await customMessage({ kind, medium }, occasion, template);
  const text: Message = {
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
  return { changes: [put("messages", text)], send: () => undefined };
}
