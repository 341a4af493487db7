"use client";

import type { Told } from "@/lib/auth/sign-in/error-parameter";
import { leaveTo } from "../connection";
import { postToNextAuth } from "../next-auth-post";

/**
 * Leaves for Cognito's sign-in, and back to `callbackUrl`.
 *
 * @param ask what Cognito's authorisation endpoint is asked with, such as `lang` or `idp_identifier`.
 * @returns only when it is refused: why.
 */
export async function leaveToHostedUi(ask: Record<string, string>, callbackUrl: string): Promise<Told> {
  const posted = await postToNextAuth(`signin/cognito?${new URLSearchParams(ask)}`, { callbackUrl });
  return posted.ok ? leaveTo(posted.url) : posted;
}
