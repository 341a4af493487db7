import { CognitoFailure } from "../model/failures";
import { beginUserAuth } from "../operations/sign-in/user-auth";
import type { Call, Reply } from "../protocol/reply";
import type { Cognito } from "../store/cognito";
import { readLocalRequest } from "./authorize-request";
import { postedForm } from "./form-token";
import { answered, isDone } from "./login";
import { signInPage } from "./sign-in-page";
import { failureText, texts } from "./texts";
import { waysOf } from "./ways";

/** `GET /login/other`: asks who it is, where there is something to choose from. */
export function showOtherWay(cognito: Cognito, call: Call): Reply {
  const request = readLocalRequest(cognito, call);
  const kind = waysOf(request).other ? "other-way" : "password";
  return signInPage(request, { kind, username: request.loginHint });
}

/** `POST /login/other`: begins USER_AUTH, which says what there is to choose from. The rest is `POST /login`. */
export async function beginOtherWay(cognito: Cognito, call: Call): Promise<Reply> {
  const request = readLocalRequest(cognito, call);
  const form = postedForm(call);
  const name = form?.get("username") ?? "";
  const again = (bad: string) => signInPage(request, { kind: "other-way", username: name }, { bad });
  const { check, stale } = texts[request.language];
  if (!form) return again(stale);
  if (!waysOf(request).other) return signInPage(request, { kind: "password", username: name });
  if (!name || name.length > 128) return again(check);
  try {
    const begun = await beginUserAuth(request, { name, given: {}, isFirstCall: true }, isDone);
    return await answered(request, begun, name);
  } catch (error) {
    if (!(error instanceof CognitoFailure)) throw error;
    return again(failureText(request.language, error));
  }
}
