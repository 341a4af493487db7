import type { Message } from "../../model/user";
import { callTrigger } from "../../tokens/trigger";
import { eventOf, type Occasion, sourceOf } from "./triggers";

const senders = {
  EMAIL: { name: "CustomEmailSender", type: "customEmailSenderRequestV1" },
  SMS: { name: "CustomSMSSender", type: "customSMSSenderRequestV1" },
} as const;

/**
 * What hands a message to the pool's custom sender instead of sending it; undefined where it has none for that medium.
 *
 * Nobody waits for a custom sender, so its failure is for the log alone (developer guide, "Things to know about Lambda
 * triggers"). The custom message trigger is not asked for words that nobody would see [unconfirmed].
 */
export async function customSending(
  { kind, medium }: Pick<Message, "kind" | "medium">,
  occasion: Occasion,
  code: string,
): Promise<(() => void) | undefined> {
  const { cognito, pool, clientMetadata = null } = occasion;
  const { name, type } = senders[medium];
  const { [name]: sender, KMSKeyID } = pool.settings.LambdaConfig;
  if (!sender || !KMSKeyID) return undefined;
  // Most servers have no custom sender: they start without the SDK that it takes.
  const { encryptedCode } = await import("../../tokens/encrypted-code");
  const encrypted = await encryptedCode(code, { keys: cognito.kmsKeys, arn: KMSKeyID, poolId: pool.id });
  const request = { type, code: encrypted, clientMetadata };
  const event = eventOf(occasion, { source: sourceOf(name, kind), request });
  return () => {
    const trigger = { triggers: cognito.triggers, arn: sender.LambdaArn, name };
    callTrigger(trigger, event).catch((error: Error) => {
      console.error(`local Cognito: nothing was sent to ${occasion.user.username}: ${error.message}`);
    });
  };
}
