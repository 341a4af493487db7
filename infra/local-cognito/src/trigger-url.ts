import { type TriggerHandler, TriggerUnreachableError } from "./tokens/trigger";

/** Cognito has given up by then. */
const TIMEOUT_MS = 5_000;

/**
 * A handler that runs elsewhere and is invoked as Lambda's Invoke operation would: what the runtime interface emulator of
 * AWS's images and `sam local start-lambda` serve, under `/2015-03-31/functions/<name>/invocations`.
 *
 * @param url where; `{name}` in it becomes the function's name
 */
export function invokedAt(url: string): TriggerHandler {
  return async (event, { invokedFunctionArn }) => {
    const name = invokedFunctionArn.split(":")[6] ?? "";
    const answer = await invoke(url.replaceAll("{name}", encodeURIComponent(name)), event);
    const returned: unknown = answer.text === "" ? null : parsed(answer.text);
    // The emulator in an image says so in the body alone, Lambda in a header too.
    const thrown = errorIn(returned);
    if (thrown !== undefined) throw new Error(thrown);
    if (answer.isError) throw new Error(answer.text);
    return returned;
  };
}

async function invoke(url: string, event: object): Promise<{ text: string; isError: boolean }> {
  let response: Response;
  try {
    response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(event),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch (error) {
    const { message, cause } = error as Error;
    throw new TriggerUnreachableError(`${cause instanceof Error ? cause.message : message} (${url})`);
  }
  const text = await response.text();
  if (!response.ok) throw new TriggerUnreachableError(`status ${response.status} (${url})`);
  return { text, isError: response.headers.has("x-amz-function-error") };
}

/** @returns undefined for what is no JSON, which no event is */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The message of an error that the handler threw, as the runtime reports it. */
function errorIn(returned: unknown): string | undefined {
  if (typeof returned !== "object" || returned === null || "response" in returned) return undefined;
  const { errorMessage, errorType } = returned as { errorMessage?: unknown; errorType?: unknown };
  if (typeof errorMessage === "string") return errorMessage;
  return typeof errorType === "string" ? errorType : undefined;
}
