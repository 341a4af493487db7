"use client";

import { postToNextAuth } from "../next-auth-post";

/**
 * Takes one step of a sign-in through NextAuth.
 *
 * @returns null when it led to a session, else the error as errorWords takes it (`challenge` for a further step).
 */
export async function attemptSignIn(
  step: "password" | "challenge",
  input: Record<string, string>,
): Promise<string | null> {
  const posted = await postToNextAuth(`callback/${step}`, input);
  return posted.ok ? null : posted.error;
}
