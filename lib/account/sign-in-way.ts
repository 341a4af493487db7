import type { z } from "zod";
import { clientAddress } from "../auth/limits/client-address";
import { spend } from "../auth/limits/rate-limit";
import { type SignInWay, signInWayOf } from "../auth/single-sign-on/sign-in-way";
import type { AskSignInWay } from "./contract";

/** How somebody with this address comes in; nothing about accounts is told by it. @throws AppError `rate_limited`, `database_unavailable`. */
export async function signInWay(
  headers: Headers,
  { email }: z.output<typeof AskSignInWay>,
): Promise<SignInWay> {
  await spend("sign_in_way", { address: clientAddress(headers) });
  return signInWayOf(email);
}
