"use client";

import type { Told } from "@/lib/auth/sign-in/error-parameter";
import { objectOf, text } from "@/lib/shape";
import { ask, readJson } from "../api-client";

const isWay = objectOf<{ way: string }>({ way: text });
const isByCompany = objectOf<{ identifier: string }>({ identifier: text });

/** How somebody comes in: with their password, or at their company, which Cognito knows by its domain. */
export type SignInWay = { way: "password" } | { domain: string } | { refused: Told };

/** How somebody with this address comes in. It follows from what stands behind the @, whether or not they have an account. */
export async function findSignInWay(email: string): Promise<SignInWay> {
  const answered = await ask("/api/user/sign-in-way", {
    method: "POST",
    body: { email },
    read: readJson(isWay),
  });
  if (!answered.ok) return { refused: answered };
  return isByCompany(answered.answer) ? { domain: answered.answer.identifier } : { way: "password" };
}
