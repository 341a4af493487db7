import { CognitoFailure } from "../model/failures";
import { recoveryOperations } from "../operations/account/recovery";
import type { Call, Reply } from "../protocol/reply";
import type { Cognito } from "../store/cognito";
import { readLocalRequest } from "./authorize-request";
import { callerAt } from "./caller";
import { postedForm } from "./form-token";
import { signInPage } from "./sign-in-page";
import { failureText, texts } from "./texts";

/** `GET /forgotPassword`: asks who it is. */
export function showForgotPassword(cognito: Cognito, call: Call): Reply {
  const request = readLocalRequest(cognito, call);
  return signInPage(request, { kind: "forgot", username: request.loginHint });
}

/** `POST /forgotPassword`: sends a code by ForgotPassword, and asks for it. */
export async function forgotPassword(cognito: Cognito, call: Call): Promise<Reply> {
  const request = readLocalRequest(cognito, call);
  const form = postedForm(call);
  const username = form?.get("username") ?? "";
  const again = (bad: string) => signInPage(request, { kind: "forgot", username }, { bad });
  if (!form) return again(texts[request.language].stale);
  try {
    await recoveryOperations.ForgotPassword.run(cognito, callerAt(request.client, username));
    return signInPage(request, { kind: "confirm", username });
  } catch (error) {
    if (!(error instanceof CognitoFailure)) throw error;
    return again(failureText(request.language, error));
  }
}

/** `POST /confirmForgotPassword`: sets the new password by ConfirmForgotPassword, and asks to sign in with it. */
export async function confirmForgotPassword(cognito: Cognito, call: Call): Promise<Reply> {
  const request = readLocalRequest(cognito, call);
  const form = postedForm(call);
  const username = form?.get("username") ?? "";
  const words = texts[request.language];
  if (!form) return signInPage(request, { kind: "forgot", username }, { bad: words.stale });
  try {
    await recoveryOperations.ConfirmForgotPassword.run(cognito, {
      ...callerAt(request.client, username),
      ConfirmationCode: (form.get("code") ?? "").replace(/\s/g, ""),
      Password: form.get("password") ?? "",
    });
    return signInPage(request, { kind: "password", username }, { good: words.changed });
  } catch (error) {
    if (!(error instanceof CognitoFailure)) throw error;
    const bad = failureText(request.language, error);
    return signInPage(request, { kind: "confirm", username }, { bad });
  }
}
