import { z } from "zod";
import { CognitoFailure } from "../model/failures";
import type { User } from "../model/user";
import { answerChallenge } from "../operations/sign-in/challenge";
import { passwordSignIn } from "../operations/sign-in/sign-in";
import type { SrpChallenge } from "../operations/sign-in/srp";
import type { Completion } from "../operations/sign-in/tokens";
import { answerFirst, type FirstChallenge, type Next } from "../operations/sign-in/user-auth";
import { type Call, type Reply, redirect } from "../protocol/reply";
import type { Cognito } from "../store/cognito";
import { type AuthorizeRequest, readAuthorizeRequest, readLocalRequest } from "./authorize-request";
import { onlyProvider, sendTo } from "./federate";
import { postedForm } from "./form-token";
import { returnAddress } from "./return";
import { startSession } from "./session";
import { signInPage } from "./sign-in-page";
import { answerIn, challengeIn, firstAnswerIn, firstIn, firstView, standingView, viewOf } from "./steps";
import { failureText, texts } from "./texts";
import { waysOf } from "./ways";

/** `GET /login`: the form, whoever is signed in already; or the one provider that there is a choice of. */
export async function showLogin(cognito: Cognito, call: Call): Promise<Reply> {
  const request = readAuthorizeRequest(cognito, call);
  const provider = onlyProvider(request);
  if (provider) return await sendTo(provider, request);
  return signInPage(request, { kind: "password", username: request.loginHint });
}

interface Done {
  signedIn: User;
}
export const isDone: Completion<Done> = async ({ user }) => ({ signedIn: user });

/**
 * `POST /login`: one step of the sign-in, by the same functions as InitiateAuth and RespondToAuthChallenge, until
 * it is complete and the browser is sent back with a code. The state between the steps is Cognito's own session
 * string, in the page.
 */
export async function signIn(cognito: Cognito, call: Call): Promise<Reply> {
  const request = readLocalRequest(cognito, call);
  const form = postedForm(call);
  if (!form) return startAgain(request, texts[request.language].stale);
  try {
    return await answered(request, await takeStep(request, form), form.get("username") ?? "");
  } catch (error) {
    if (!(error instanceof CognitoFailure)) throw error;
    return refused(request, form, error);
  }
}

/**
 * The page for what comes next; or, once nothing does, the way back to the application.
 * @param name that was typed
 */
export async function answered(request: AuthorizeRequest, step: Next<Done>, name: string): Promise<Reply> {
  if ("signedIn" in step) {
    const { session, cookie } = startSession(request, step.signedIn);
    return redirect(await returnAddress(request, session), { "set-cookie": [cookie] });
  }
  if (step.ChallengeName === "PASSWORD_VERIFIER") throw new Error("No form proves a password.");
  const view = isFirst(step) ? firstView(request, step, name) : await viewOf(request, step);
  return signInPage(request, view);
}

/** EMAIL_OTP as a second factor comes with the user's own name. */
const isFirst = (step: Exclude<Next<Done>, Done | SrpChallenge>): step is FirstChallenge =>
  !("USER_ID_FOR_SRP" in step.ChallengeParameters);

async function takeStep(request: AuthorizeRequest, form: URLSearchParams): Promise<Next<Done>> {
  const first = firstIn(form);
  if (first) return await answerFirst(request, firstAnswerIn(first, form), isDone);
  const challenge = challengeIn(form);
  if (challenge) {
    const answer = await answerIn(request, challenge, form);
    return await answerChallenge(request, answer, isDone);
  }
  const typed = z
    .object({ name: z.string().min(1).max(128), password: z.string().min(1).max(256) })
    .safeParse({ name: form.get("username"), password: form.get("password") });
  if (!typed.success) throw new CognitoFailure("InvalidParameterException", texts[request.language].check);
  return await passwordSignIn(request, typed.data, isDone);
}

/** The same step again while its challenge still stands, otherwise from the beginning; with what was wrong. */
async function refused(
  request: AuthorizeRequest,
  form: URLSearchParams,
  failure: CognitoFailure,
): Promise<Reply> {
  const bad = failureText(request.language, failure);
  // Reset by an administrator: the code was mailed by that (API reference, AdminResetUserPassword).
  if (failure.name === "PasswordResetRequiredException") {
    return signInPage(request, { kind: "confirm", username: form.get("username") ?? "" }, { bad });
  }
  const mayConfirm = failure.name === "UserNotConfirmedException" && waysOf(request).signUp;
  if (mayConfirm) {
    return signInPage(request, { kind: "confirm-sign-up", username: form.get("username") ?? "" }, { bad });
  }
  const view = standingView(request, form);
  return view
    ? signInPage(request, view, { bad })
    : startAgain(request, bad, challengeIn(form) ? "" : (form.get("username") ?? ""));
}

function startAgain(request: AuthorizeRequest, bad: string, username = request.loginHint): Reply {
  return signInPage(request, { kind: "password", username }, { bad });
}
