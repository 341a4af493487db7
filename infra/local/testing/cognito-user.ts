import { signInWithPassword, type Tokens } from "../../../lib/cognito/sign-in";
import { DEMO_PASSWORD } from "../demo-users";

/** The tokens of a demo user, fresh from Cognito. */
export async function tokensOf(email: string): Promise<Tokens> {
  const outcome = await signInWithPassword(email, DEMO_PASSWORD);
  if (outcome.kind !== "tokens") throw new Error(`${email} is asked for ${outcome.challenge.name}`);
  return outcome.tokens;
}
