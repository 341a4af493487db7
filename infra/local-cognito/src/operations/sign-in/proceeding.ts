import type { Client } from "../../model/client";
import type { Pool } from "../../model/pool";
import type { Cognito } from "../../store/cognito";
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
  cognito: Cognito,
  pool: Pool,
  client: Client,
  progress: Progress,
  complete: Completion<T>,
): Promise<OpenedChallenge | T> {
  if (progress.step.kind !== "tokens") return await openChallenge(cognito, pool, client, progress);
  const { user, source, clientMetadata } = progress;
  await postAuthentication(cognito, { pool, client, user, clientMetadata });
  return await complete(user, source, clientMetadata);
}
