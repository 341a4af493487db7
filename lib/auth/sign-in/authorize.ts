import { AppError } from "../../errors";
import { log } from "../../log";
import type { BrowserResult, SignedIn } from "./browser-sign-in";
import { errorParameter } from "./error-parameter";

/**
 * NextAuth's own border: its `authorize` gives a user or throws, and the message of what it throws becomes `?error=`.
 *
 * @throws Error whose message is `challenge`, or what errorParameter makes of a refusal or a fault.
 */
export async function authorize(step: () => Promise<BrowserResult>): Promise<SignedIn> {
  const result = await settled(step);
  if ("signedIn" in result) return result.signedIn;
  throw new Error("challenge" in result ? "challenge" : errorParameter(result.refused));
}

/** The result of a step, whatever happens: a browser is told a code of ours, and the log the rest. */
export async function settled<Result extends object>(
  step: () => Promise<Result>,
): Promise<Result | { refused: AppError }> {
  const result = await step().catch((error: unknown) => {
    if (error instanceof AppError) return { refused: error };
    return { refused: new AppError("internal", { cause: error }) };
  });
  if ("refused" in result) {
    const { code, cause } = result.refused;
    if (code === "internal") log("error", "auth.sign_in_failed", { error: cause });
    else log("warn", "auth.sign_in_refused", { code, cause });
  }
  return result;
}
