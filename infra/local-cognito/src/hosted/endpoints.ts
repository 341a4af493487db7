import { type Call, json, notAllowed, type Reply, redirect } from "../protocol/reply";
import type { Cognito } from "../store/cognito";
import { addPasskey, showAddPasskey } from "./add-passkey";
import { authorize } from "./authorize";
import { lookUp } from "./domain-lookup";
import { confirmForgotPassword, forgotPassword, showForgotPassword } from "./forgot-password";
import { html } from "./html";
import { comeBack, comeBackByForm } from "./idp-response";
import { showLogin, signIn } from "./login";
import { logout } from "./logout";
import { beginOtherWay, showOtherWay } from "./other-way";
import { page } from "./page";
import { OAuthRefusal, ReturnedRefusal, ShownRefusal } from "./refusals";
import { returnWithError } from "./return";
import { revoke } from "./revoke";
import { comeBackAnswered, takeAnswer } from "./saml-response";
import { confirmSignUp, resendCode, showSignUp, signUp } from "./sign-up";
import { languageOf, texts } from "./texts";
import { token } from "./token";
import { userInfo } from "./user-info";

type Endpoint = (cognito: Cognito, call: Call) => Reply | Promise<Reply>;

/**
 * The Hosted UI and the OAuth 2.0 endpoints. On AWS each pool has them under its domain; here all share the
 * server's root, and the client in the request tells the pool.
 */
const endpoints = new Map<string, Partial<Record<string, Endpoint>>>([
  ["/oauth2/authorize", { GET: authorize }],
  ["/oauth2/idpresponse", { GET: comeBack, POST: comeBackByForm }],
  ["/saml2/idpresponse", { GET: comeBackAnswered, POST: takeAnswer }],
  ["/idplookup", { GET: lookUp }],
  ["/login", { GET: showLogin, POST: signIn }],
  ["/login/other", { GET: showOtherWay, POST: beginOtherWay }],
  ["/signup", { GET: showSignUp, POST: signUp }],
  ["/confirm", { POST: confirmSignUp }],
  ["/resendcode", { POST: resendCode }],
  ["/passkeys/add", { GET: showAddPasskey, POST: addPasskey }],
  ["/forgotPassword", { GET: showForgotPassword, POST: forgotPassword }],
  ["/confirmForgotPassword", { POST: confirmForgotPassword }],
  ["/logout", { GET: logout }],
  ["/oauth2/token", { POST: token }],
  ["/oauth2/userInfo", { GET: userInfo, POST: userInfo }],
  ["/oauth2/revoke", { POST: revoke }],
]);

/** Whether the path is one of these. */
export function isHosted(path: string): boolean {
  return endpoints.has(path);
}

/** Answers a call of a path that `isHosted`. */
export async function hostedReply(cognito: Cognito, call: Call): Promise<Reply> {
  const methods = endpoints.get(call.path) ?? {};
  const endpoint = methods[call.method === "HEAD" ? "GET" : call.method];
  if (!endpoint) return notAllowed(Object.keys(methods));
  try {
    return await endpoint(cognito, call);
  } catch (error) {
    if (error instanceof ReturnedRefusal) return redirect(returnWithError(error));
    if (error instanceof ShownRefusal) return errorPage(call, error);
    if (error instanceof OAuthRefusal) return oauthReply(error);
    throw error;
  }
}

/** Cognito answers 400 for all of them, a wrong client included (developer guide, "The token issuer endpoint"). */
function oauthReply({ error, description }: OAuthRefusal): Reply {
  return json({ error, ...(description !== undefined && { error_description: description }) }, 400);
}

function errorPage(call: Call, { message }: ShownRefusal): Reply {
  const language = languageOf(call.query);
  const words = texts[language];
  const body = html`<h1>${words.errorTitle}</h1>
<p class="why">${words.errorWhy}</p>
<p class="told bad" role="alert">${message}</p>`;
  return page({ title: words.errorTitle, body, language, status: 400 });
}
