import { signIn } from "next-auth/react";

/**
 * Takes one step of a sign-in through NextAuth.
 *
 * @returns null when it led to a session, else the error code (`challenge` for a further step, `network` when
 *   no answer came).
 */
export async function attemptSignIn(
  step: "password" | "challenge",
  input: Record<string, string>,
): Promise<string | null> {
  try {
    const result = await signIn(step, { ...input, redirect: false });
    return result?.ok ? null : (result?.error ?? "internal");
  } catch (error) {
    // fetch throws a TypeError when no answer came, and a SyntaxError reading one that is not ours.
    if (error instanceof TypeError || error instanceof SyntaxError) return "network";
    throw error;
  }
}
