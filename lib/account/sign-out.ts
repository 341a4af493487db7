import { type Caller, identifyEnded, type Presented } from "../auth/access/identify";
import { endAccessHere } from "../auth/endings/end-access";
import { finishEnding, finishEndingOf } from "../auth/endings/finish-endings";
import { spend } from "../auth/limits/rate-limit";
import { recordOwnAudit } from "../auth/tenancy/own-audit";
import { AppError } from "../errors";
import { log } from "../log";

/** Whether Cognito has confirmed it. Here it holds in either case. */
export type SignedOut = { isFinished: boolean };

/**
 * Ends everything of the caller. It is stored and put on record before Cognito is asked, so that it holds and is
 * finished whatever becomes of this request.
 *
 * @throws AppError `database_unavailable`.
 */
export async function logout(caller: Caller): Promise<SignedOut> {
  const ending = await endAccessHere(caller.principal);
  log("info", "auth.signed_out_everywhere", { sub: caller.principal.sub });
  await recordOwnAudit(caller, { action: "sign_out.everywhere" });
  return { isFinished: await isDone(() => finishEnding(ending)) };
}

/**
 * The same asked again, by a token or a browser that the first time has ended: what Cognito did not confirm then is
 * tried once more. It ends nothing anew.
 *
 * @param refusal why they were not let in as usual: thrown again where nothing was left to be confirmed.
 * @throws AppError `refusal`, `rate_limited`, `database_unavailable`.
 */
export async function logoutAgain(presented: Presented, refusal: AppError): Promise<SignedOut> {
  const sub = await identifyEnded(presented);
  if (sub === null) throw refusal;
  await spend("cognito_call", { account: sub, tenant: null });
  let isLate = false;
  const isFinished = await isDone(async () => {
    isLate = await finishEndingOf(sub);
  });
  if (isFinished && !isLate) throw refusal;
  return { isFinished };
}

async function isDone(work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "cognito_unavailable") throw error;
    return false;
  }
}
