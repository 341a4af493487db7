import { z } from "zod";
import { CognitoFailure, notAuthorized } from "../model/failures";
import { signUpOperations } from "../operations/account/sign-up";
import type { Call, Reply } from "../protocol/reply";
import { missingAttributes } from "../rules/attributes";
import { isPasswordless } from "../rules/first-factor";
import type { Cognito } from "../store/cognito";
import { type AuthorizeRequest, readLocalRequest } from "./authorize-request";
import { callerAt } from "./caller";
import { postedForm } from "./form-token";
import { signInPage } from "./sign-in-page";
import { failureText, type Language, texts } from "./texts";
import type { SignUpFields, View } from "./view";
import { waysOf } from "./ways";

/** `GET /signup`: asks who it is to be. */
export function showSignUp(cognito: Cognito, call: Call): Reply {
  const request = readLocalRequest(cognito, call);
  if (!waysOf(request).signUp) return closed(request);
  return signInPage(request, formFor(request, request.loginHint));
}

const done = z.object({ UserConfirmed: z.boolean(), CodeDeliveryDetails: z.unknown().optional() });

/** `POST /signup`: makes the user by SignUp, and asks for the code where one was sent. */
export async function signUp(cognito: Cognito, call: Call): Promise<Reply> {
  const request = readLocalRequest(cognito, call);
  if (!waysOf(request).signUp) return closed(request);
  const words = texts[request.language];
  const form = postedForm(call);
  if (!form) return signInPage(request, formFor(request, ""), { bad: words.stale });
  const said = (name: string) => form.get(name) ?? "";
  const username = said("username");
  const UserAttributes = attributesOf(request).map((Name) => ({
    Name,
    Value: said(`userAttributes.${Name}`),
  }));
  const Password = said("password");
  try {
    const answer = await signUpOperations.SignUp.run(cognito, {
      ...callerAt(request.client, username),
      UserAttributes,
      ...(Password !== "" && { Password }),
    });
    const { UserConfirmed, CodeDeliveryDetails } = done.parse(answer);
    if (CodeDeliveryDetails) return signInPage(request, { kind: "confirm-sign-up", username });
    const good = UserConfirmed ? words.signedUp : words.signedUpWaits;
    return signInPage(request, { kind: "password", username }, { good });
  } catch (error) {
    if (!(error instanceof CognitoFailure)) throw error;
    const typed = Object.fromEntries(UserAttributes.map(({ Name, Value }) => [Name, Value]));
    return signInPage(request, formFor(request, username, typed), {
      bad: failureText(request.language, error),
    });
  }
}

/** `POST /confirm`: the code, by ConfirmSignUp. */
export async function confirmSignUp(cognito: Cognito, call: Call): Promise<Reply> {
  return await aboutSignUp(cognito, call, async (request, { username, form }) => {
    const ConfirmationCode = (form.get("code") ?? "").replace(/\s/g, "");
    const asked = { ...callerAt(request.client, username), ConfirmationCode };
    await signUpOperations.ConfirmSignUp.run(cognito, asked);
    const good = texts[request.language].signedUp;
    return signInPage(request, { kind: "password", username }, { good });
  });
}

/** `POST /resendcode`: another code, by ResendConfirmationCode. */
export async function resendCode(cognito: Cognito, call: Call): Promise<Reply> {
  return await aboutSignUp(cognito, call, async (request, { username }) => {
    await signUpOperations.ResendConfirmationCode.run(cognito, callerAt(request.client, username));
    const good = texts[request.language].sentAgain;
    return signInPage(request, { kind: "confirm-sign-up", username }, { good });
  });
}

/** What is done with a form about a sign-up; the page for its code again where that is refused. */
async function aboutSignUp(
  cognito: Cognito,
  call: Call,
  act: (request: AuthorizeRequest, about: { username: string; form: URLSearchParams }) => Promise<Reply>,
): Promise<Reply> {
  const request = readLocalRequest(cognito, call);
  const form = postedForm(call);
  const username = form?.get("username") ?? "";
  const again = (bad: string) => signInPage(request, { kind: "confirm-sign-up", username }, { bad });
  if (!form) return again(texts[request.language].stale);
  try {
    return await act(request, { username, form });
  } catch (error) {
    if (!(error instanceof CognitoFailure)) throw error;
    return again(failureText(request.language, error));
  }
}

function closed(request: AuthorizeRequest): Reply {
  const bad = failureText(request.language, notAuthorized.signUpOff());
  return signInPage(request, { kind: "password", username: request.loginHint }, { bad });
}

/** What the pool requires or sends its code to, beside what the name is. */
function attributesOf({ pool }: AuthorizeRequest): string[] {
  const wanted = [...missingAttributes(pool, {}), ...(pool.settings.AutoVerifiedAttributes ?? [])];
  return [...new Set(wanted)].filter((name) => pool.usernameAttributes.every((each) => each !== name));
}

function formFor(request: AuthorizeRequest, username: string, typed: Record<string, string> = {}): View {
  const attributes = Object.fromEntries(attributesOf(request).map((name) => [name, typed[name] ?? ""]));
  const asked: SignUpFields = {
    needsPassword: !isPasswordless(request.pool),
    attributes,
    terms: termsOf(request),
  };
  return { kind: "sign-up", username, asked };
}

/** In the page's language, or in the one for all others. */
function termsOf({ cognito, pool, client, language }: AuthorizeRequest): SignUpFields["terms"] {
  const own: Record<Language, string> = { en: "cognito:english", ja: "cognito:japanese" };
  return cognito
    .terms(pool)
    .filter(({ clientId }) => clientId === client.id)
    .flatMap(({ name, links }) => {
      const address = links[own[language]] ?? links["cognito:default"];
      return address ? [{ name, address }] : [];
    });
}
