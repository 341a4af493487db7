import { triggerFailed } from "../model/failures";

/** What every trigger event has (developer guide, "Lambda trigger event"). */
export interface TriggerEvent {
  version: string;
  triggerSource: string;
  region: string;
  userPoolId: string;
  userName: string;
  callerContext: { awsSdkVersion: string; clientId: string };
  request: object;
  /** Custom senders have nothing to answer. */
  response?: object;
}

/** Which handler an ARN leads to, and of which trigger it is: its name as Cognito words it in errors. */
export interface Trigger {
  triggers: Triggers;
  arn: string;
  name: string;
}

/** The part of Lambda's context that a handler gets. */
interface TriggerContext {
  invokedFunctionArn: string;
}

/** A Lambda handler. Method syntax: each takes its own kind of event. */
export type TriggerHandler = { handle(event: TriggerEvent, context: TriggerContext): unknown }["handle"];
/** By ARN; `*` for every other one. */
export type Triggers = Record<string, TriggerHandler>;

/** What a handler throws that could not even begin: its words are the cause. */
export class TriggerUnreachableError extends Error {
  override readonly name = "TriggerUnreachableError";
}

/** Cognito waits five seconds for a trigger. */
const TIMEOUT_MS = 5_000;

/**
 * Runs the handler behind an ARN on a copy of the event, as if it went over the wire.
 *
 * @returns the `response` part of what the handler returned.
 * @throws UserLambdaValidationException when it throws, UnexpectedLambdaException when it is missing, late or not reached,
 *   InvalidLambdaResponseException when it returns no event.
 */
export async function runTrigger(trigger: Trigger, event: TriggerEvent): Promise<Record<string, unknown>> {
  const { name } = trigger;
  let late: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    late = setTimeout(() => reject(triggerFailed.unreachable(name, "TimeoutException")), TIMEOUT_MS);
  });
  try {
    return responseOf(await Promise.race([callTrigger(trigger, event), timeout]));
  } finally {
    clearTimeout(late);
  }
}

/** The same for one whose answer nobody waits for. @returns whatever the handler returned. @throws as above, but not for that */
export async function callTrigger({ triggers, arn, name }: Trigger, event: TriggerEvent): Promise<unknown> {
  const handler = [arn, "*"].filter((key) => Object.hasOwn(triggers, key)).map((key) => triggers[key])[0];
  if (!handler) throw triggerFailed.unreachable(name, "ResourceNotFoundException");
  try {
    return await handler(structuredClone(event), { invokedFunctionArn: arn });
  } catch (error) {
    if (error instanceof TriggerUnreachableError) throw triggerFailed.unreachable(name, error.message);
    throw triggerFailed.threw(name, error instanceof Error ? error.message : String(error));
  }
}

function responseOf(returned: unknown): Record<string, unknown> {
  const wire: unknown = JSON.parse(JSON.stringify(returned ?? null));
  if (!isRecord(wire) || !isRecord(wire.response)) throw triggerFailed.badResponse();
  return wire.response;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
