import { userNotFound } from "../../model/failures";
import type { CodePurpose, MessageKind, User } from "../../model/user";
import { CODE_VALIDITY_MS, codeSent, codeTried } from "../../rules/code";
import { type Delivery, describeDelivery } from "../../rules/delivery";
import type { Cognito } from "../../store/cognito";
import { put } from "../../store/store";
import { newCode } from "../../tokens/opaque";
import { message } from "./messages";
import type { Occasion } from "./triggers";

interface Sending {
  kind: MessageKind;
  purpose: CodePurpose;
  occasion: Occasion & { user: User };
  delivery: Delivery;
  /** The address that the right code makes the user's. */
  value?: string | undefined;
  /** What else changes about the user, in the same commit. */
  change?: ((user: User) => User) | undefined;
}

export const validityOf = (purpose: CodePurpose) =>
  purpose === "forgotten-password" ? CODE_VALIDITY_MS["forgotten-password"] : CODE_VALIDITY_MS.other;

/**
 * Sends the user a new code, in place of the one before. Resolves to CodeDeliveryDetails.
 * @throws LimitExceededException, UserLambdaValidationException and its kin
 */
export async function sendCode(sending: Sending): Promise<object> {
  const { kind, purpose, occasion, delivery, value, change = (user) => user } = sending;
  const { cognito, pool } = occasion;
  const code = newCode();
  const outgoing = await message(kind, occasion, { ...delivery, code });
  const user = cognito.user(pool.id, occasion.user.username);
  if (!user) throw userNotFound();
  const sent = { code, validFor: validityOf(purpose), value };
  const state = codeSent(user.codes?.[purpose], sent, cognito.now());
  const changed = change({ ...user, codes: { ...user.codes, [purpose]: state } });
  cognito.commit(put("users", changed), ...outgoing.changes);
  outgoing.send();
  return describeDelivery(delivery);
}

/**
 * Takes a code that the user typed. Returns the user without it; the caller stores that with what the code was
 * for, so that a code is used up only by what succeeded.
 * @throws CodeMismatchException, ExpiredCodeException, LimitExceededException; the try is then counted.
 */
export function enterCode(
  cognito: Cognito,
  user: User,
  { purpose, code }: { purpose: CodePurpose; code: string },
): User {
  const { after, refusal } = codeTried(user.codes?.[purpose], code, cognito.now());
  const tried = { ...user, codes: { ...user.codes, [purpose]: after } };
  if (!refusal) return tried;
  cognito.commit(put("users", tried));
  throw refusal;
}
