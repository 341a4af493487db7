import type { ThroughClient } from "../../store/cognito";
import { postAuthentication } from "../sending/triggers";
import type { Progress } from "./authentication";
import { type OpenedChallenge, openChallenge } from "./challenge-opening";
import type { Completion } from "./tokens";

/**
 * Goes on with a sign-in as far as it came: the next challenge, or, when nothing more is asked for, the post
 * authentication trigger (which may still refuse) and then what `complete` makes of the user.
 *
 * @throws UserLambdaValidationException and its kin
 */
export async function proceed<T>(
  context: ThroughClient,
  progress: Progress,
  complete: Completion<T>,
): Promise<OpenedChallenge | T> {
  if (progress.step.kind !== "tokens") return await openChallenge(context, progress);
  await postAuthentication({ ...context, ...progress });
  return await complete(progress);
}
