"use client";

import type { Told } from "@/lib/auth/sign-in/error-parameter";
import { postToNextAuth } from "../next-auth-post";

/** What became of a step: there is a session, there is a further step, or neither. */
export type Attempted = { signedIn: true } | { challenge: true } | { refused: Told };

/** Takes one step of a sign-in through NextAuth. */
export async function attemptSignIn(
  step: "password" | "challenge" | "passkey",
  input: Record<string, string>,
): Promise<Attempted> {
  const posted = await postToNextAuth(`callback/${step}`, input);
  if (posted.ok) return { signedIn: true };
  return posted.code === "challenge" ? { challenge: true } : { refused: posted };
}
