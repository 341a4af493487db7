import { beginSignIn } from "../../../lib/auth/endings/sign-in-order";
import { usableTokens } from "../../../lib/auth/endings/usable-tokens";
import { createSession } from "../../../lib/auth/session/session-store";
import { signInWithPassword } from "../../../lib/cognito/sign-in";
import { rememberSignIn } from "../../../lib/members/remember-sign-in";
import { DEMO_PASSWORD } from "../provision";

/** Signs in as the application has it: with a session of a browser, and on the tenant's list and record. */
export async function signIn(email: string) {
  const number = await beginSignIn();
  const outcome = await signInWithPassword(email, DEMO_PASSWORD);
  if ("challenge" in outcome) throw new Error(`${email} is asked for ${outcome.challenge.name}`);
  const { tokens, principal } = await usableTokens(outcome.tokens, number);
  const { sub, username } = principal;
  const origin = { address: "192.0.2.1", userAgent: "test" };
  await createSession({ sub, username, client: "server", tenant: principal.tenantClaim, ...origin }, tokens);
  await rememberSignIn(principal, { way: "form", ...origin, isNewDevice: false });
  return { principal, tokens };
}
