import { verifiedEmail } from "../../cognito/user-directory";
import { AppError } from "../../errors";
import type { Principal } from "../access/principal";

/**
 * The address of somebody at work outside their own tenant, whose directory does not know them: of their token, else of
 * the pool; null while that cannot say it.
 */
export async function callerEmail({ email, username }: Principal): Promise<string | null> {
  if (email !== null) return email;
  return verifiedEmail(username).catch((error: unknown) => {
    if (error instanceof AppError) return null;
    throw error;
  });
}
