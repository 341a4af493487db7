import type { Pool } from "../model/pool";
import { fields } from "./fields";
import { FIELD } from "./form-token";
import { type Html, html } from "./html";
import { type Elsewhere, providerChoice } from "./provider-choice";
import { type Language, texts } from "./texts";
import type { OpenSession, View } from "./view";

export interface FormContext {
  pool: Pool;
  clientName: string;
  language: Language;
  /** The request's own parameters, which every form hands on. */
  query: URLSearchParams;
  token: string;
  elsewhere: Elsewhere;
  /** What else there is to do than to enter a password. */
  ways: { signUp: boolean; other: boolean };
}

type Words = (typeof texts)["en"];

/** A page's heading, why it asks, where its form goes, and what its button says: `/login` and "Continue" where absent. */
interface Frame {
  title: string;
  why: string;
  path?: string;
  button?: string;
}

function frameOf(view: View, words: Words, clientName: string): Frame {
  switch (view.kind) {
    case "password":
      return { title: words.signInTitle, why: words.signInTo(clientName), button: words.signIn };
    case "other-way":
      return { title: words.signInTitle, why: words.otherWayWhy, path: "/login/other" };
    case "PASSWORD":
      return { title: words.passwordTitle, why: words.signInTo(clientName), button: words.signIn };
    case "SELECT_CHALLENGE":
      return { title: words.waysTitle, why: words.signInTo(clientName) };
    case "WEB_AUTHN":
      return { title: words.passkeyTitle, why: words.passkeyWhy, button: words.usePasskey };
    case "add-passkey":
      return {
        title: words.addPasskeyTitle,
        why: words.addPasskeyWhy,
        path: "/passkeys/add",
        button: words.addPasskey,
      };
    case "NEW_PASSWORD_REQUIRED":
      return { title: words.newPasswordTitle, why: words.newPasswordWhy };
    case "SMS_MFA":
    case "SMS_OTP":
      return { title: words.smsTitle, why: words.smsWhy(view.to) };
    case "EMAIL_OTP":
      return { title: words.mailTitle, why: words.smsWhy(view.to) };
    case "SOFTWARE_TOKEN_MFA":
      return { title: words.totpTitle, why: words.totpWhy };
    case "SELECT_MFA_TYPE":
      return { title: words.chooseTitle, why: words.signInTo(clientName) };
    case "MFA_SETUP":
      return { title: words.setupTitle, why: words.setupWhy };
    case "setup-unavailable":
      return { title: words.setupTitle, why: words.setupUnavailable };
    case "sign-up":
      return {
        title: words.signUpTitle,
        why: words.signInTo(clientName),
        path: "/signup",
        button: words.signUp,
      };
    case "confirm-sign-up":
      return {
        title: words.confirmSignUpTitle,
        why: words.confirmSignUpWhy,
        path: "/confirm",
        button: words.confirmSignUp,
      };
    case "forgot":
      return {
        title: words.forgotTitle,
        why: words.forgotWhy,
        path: "/forgotPassword",
        button: words.sendCode,
      };
    case "confirm":
      return {
        title: words.confirmTitle,
        why: words.confirmWhy,
        path: "/confirmForgotPassword",
        button: words.changePassword,
      };
  }
}

export function titleOf(view: View, language: Language): string {
  return frameOf(view, texts[language], "").title;
}

/** The page's content: what is asked and why, what went wrong, the form, and other links. */
export function formBody(view: View, context: FormContext, told: { bad?: string; good?: string } = {}): Html {
  const { language, clientName } = context;
  const words = texts[language];
  const { title, why } = frameOf(view, words, clientName);
  return html`<h1>${title}</h1>
<p class="why textDescription-customizable">${why}</p>
${told.bad !== undefined && html`<p class="told bad errorMessage-customizable" role="alert" id="told">${told.bad}</p>`}
${told.good !== undefined && html`<p class="told good" role="status">${told.good}</p>`}
${"options" in view && html`<p class="told bad" role="alert" id="passkey-failed" hidden>${words.passkeyFailed}</p>`}
${hasForm(view, context) && form(view, context, told.bad !== undefined)}
${view.kind === "confirm-sign-up" && resendForm(view.username, context)}
${view.kind === "password" && providerChoice(context)}
${(view.kind !== "password" || context.elsewhere.here) && aside(view, context)}`;
}

const hasForm = (view: View, { elsewhere }: FormContext) =>
  view.kind !== "setup-unavailable" && (view.kind !== "password" || elsewhere.here);

function form(view: View, context: FormContext, isWrong: boolean): Html {
  const { language, clientName, query, token } = context;
  const words = texts[language];
  const { path = "/login", button = words.next } = frameOf(view, words, clientName);
  return html`<form method="post" action="${path}?${query.toString()}"${"options" in view && html` data-passkey="${view.options}"`}>
<input type="hidden" name="${FIELD}" value="${token}">
${"open" in view && openFields(view.kind, view.open)}
${fields(view, context, isWrong)}
<button class="submitButton-customizable" type="submit">${button}</button>
</form>`;
}

function openFields(kind: string, { session, username }: OpenSession): Html {
  return html`<input type="hidden" name="challenge" value="${kind}">
<input type="hidden" name="session" value="${session}">
<input type="hidden" name="username" value="${username}">`;
}

function resendForm(username: string, { language, query, token }: FormContext): Html {
  return html`<form class="aside" method="post" action="/resendcode?${query.toString()}">
<input type="hidden" name="${FIELD}" value="${token}">
<input type="hidden" name="username" value="${username}">
<button class="provider" type="submit">${texts[language].sendAgain}</button>
</form>`;
}

/** The other pages that one may want instead. */
function aside(view: View, { language, query, ways }: FormContext): Html {
  const words = texts[language];
  const link = (path: string, label: string) =>
    html`<p class="aside"><a class="redirect-customizable" href="${path}?${query.toString()}">${label}</a></p>
`;
  if (view.kind === "add-passkey") return html``;
  if (view.kind !== "password") return link("/login", words.back);
  return html`${link("/forgotPassword", words.forgot)}${ways.other && link("/login/other", words.otherWay)}${ways.signUp && link("/signup", words.noAccount)}`;
}
