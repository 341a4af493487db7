import { renderSVG } from "uqr";
import type { Pool } from "../model/pool";
import type { Factor } from "../model/user";
import { FIELD } from "./form-token";
import { Html, html } from "./html";
import { type Elsewhere, providerChoice } from "./provider-choice";
import { type Language, texts } from "./texts";

/** What a page of the hosted sign-in asks for. */
export type View =
  | { kind: "password"; username: string }
  | { kind: "NEW_PASSWORD_REQUIRED"; open: OpenSession; missing: string[] }
  | { kind: "SMS_MFA" | "EMAIL_OTP"; open: OpenSession; to: string }
  | { kind: "SOFTWARE_TOKEN_MFA"; open: OpenSession }
  | { kind: "SELECT_MFA_TYPE"; open: OpenSession; factors: Factor[] }
  | { kind: "MFA_SETUP"; open: OpenSession; key: string; account: string }
  | { kind: "setup-unavailable" }
  | { kind: "forgot"; username: string }
  | { kind: "confirm"; username: string };

/** A challenge that waits for its answer. The page carries it, as an application would. */
export interface OpenSession {
  session: string;
  username: string;
}

export interface FormContext {
  pool: Pool;
  clientName: string;
  language: Language;
  /** The request's own parameters, which every form hands on. */
  query: URLSearchParams;
  token: string;
  elsewhere: Elsewhere;
}

export function titleOf(view: View, language: Language): string {
  const words = texts[language];
  const titles: Record<View["kind"], string> = {
    password: words.signInTitle,
    NEW_PASSWORD_REQUIRED: words.newPasswordTitle,
    SMS_MFA: words.smsTitle,
    EMAIL_OTP: words.mailTitle,
    SOFTWARE_TOKEN_MFA: words.totpTitle,
    SELECT_MFA_TYPE: words.chooseTitle,
    MFA_SETUP: words.setupTitle,
    "setup-unavailable": words.setupTitle,
    forgot: words.forgotTitle,
    confirm: words.confirmTitle,
  };
  return titles[view.kind];
}

/** The page's content: what is asked and why, what went wrong, the form, and other links. */
export function formBody(view: View, context: FormContext, told: { bad?: string; good?: string } = {}): Html {
  const { language } = context;
  return html`<h1>${titleOf(view, language)}</h1>
<p class="why textDescription-customizable">${why(view, context)}</p>
${told.bad !== undefined && html`<p class="told bad errorMessage-customizable" role="alert" id="told">${told.bad}</p>`}
${told.good !== undefined && html`<p class="told good" role="status">${told.good}</p>`}
${hasForm(view, context) && form(view, context, told.bad !== undefined)}
${view.kind === "password" && providerChoice(context)}
${(view.kind !== "password" || context.elsewhere.here) && aside(view, context)}`;
}

const hasForm = (view: View, { elsewhere }: FormContext) =>
  view.kind !== "setup-unavailable" && (view.kind !== "password" || elsewhere.here);

function why(view: View, { clientName, language }: FormContext): string {
  const words = texts[language];
  switch (view.kind) {
    case "password":
      return words.signInTo(clientName);
    case "NEW_PASSWORD_REQUIRED":
      return words.newPasswordWhy;
    case "SMS_MFA":
    case "EMAIL_OTP":
      return words.smsWhy(view.to);
    case "SOFTWARE_TOKEN_MFA":
      return words.totpWhy;
    case "SELECT_MFA_TYPE":
      return words.signInTo(clientName);
    case "MFA_SETUP":
      return words.setupWhy;
    case "setup-unavailable":
      return words.setupUnavailable;
    case "forgot":
      return words.forgotWhy;
    case "confirm":
      return words.confirmWhy;
  }
}

function form(view: View, context: FormContext, isWrong: boolean): Html {
  const words = texts[context.language];
  const paths: Partial<Record<View["kind"], string>> = {
    forgot: "/forgotPassword",
    confirm: "/confirmForgotPassword",
  };
  const buttons: Partial<Record<View["kind"], string>> = {
    password: words.signIn,
    forgot: words.sendCode,
    confirm: words.changePassword,
  };
  return html`<form method="post" action="${paths[view.kind] ?? "/login"}?${context.query.toString()}">
<input type="hidden" name="${FIELD}" value="${context.token}">
${"open" in view && openFields(view.kind, view.open)}
${fields(view, context, isWrong)}
<button class="submitButton-customizable" type="submit">${buttons[view.kind] ?? words.next}</button>
</form>`;
}

function openFields(kind: string, { session, username }: OpenSession): Html {
  return html`<input type="hidden" name="challenge" value="${kind}">
<input type="hidden" name="session" value="${session}">
<input type="hidden" name="username" value="${username}">`;
}

function fields(view: View, context: FormContext, isWrong: boolean): Html | Html[] | undefined {
  const words = texts[context.language];
  const wrong = isWrong && html` aria-describedby="told" aria-invalid="true"`;
  const newPassword = field(
    "password",
    words.newPassword,
    html`type="password" autocomplete="new-password" required${wrong}`,
  );
  switch (view.kind) {
    case "password":
      return [
        usernameField(view.username, context, { isFirst: view.username === "", wrong }),
        field(
          "password",
          words.password,
          html`type="password" autocomplete="current-password" required${view.username !== "" && html` autofocus`}${wrong}`,
        ),
      ];
    case "NEW_PASSWORD_REQUIRED":
      return [
        newPassword,
        ...view.missing.map((name) => field(`userAttributes.${name}`, name, html`type="text" required`)),
      ];
    case "SMS_MFA":
    case "EMAIL_OTP":
    case "SOFTWARE_TOKEN_MFA":
      return codeField(words.code, wrong);
    case "SELECT_MFA_TYPE":
      return choices(view.factors, words);
    case "MFA_SETUP":
      return setup(view, context, wrong);
    case "forgot":
      return usernameField(view.username, context, { isFirst: true, wrong });
    case "confirm":
      return [
        html`<input type="hidden" name="username" value="${view.username}">`,
        codeField(words.code, wrong),
        newPassword,
      ];
    case "setup-unavailable":
      return undefined;
  }
}

function field(name: string, label: string, attributes: Html): Html {
  return html`<div class="field"><label class="label-customizable" for="${name}">${label}</label>
<input class="inputField-customizable" id="${name}" name="${name}" ${attributes}></div>`;
}

function codeField(label: string, wrong: Html | false): Html {
  return html`<div class="field"><label class="label-customizable" for="code">${label}</label>
<input class="code inputField-customizable" id="code" name="code" type="text" inputmode="numeric" autocomplete="one-time-code" maxlength="12" required autofocus${wrong}></div>`;
}

function usernameField(
  value: string,
  { pool, language }: FormContext,
  { isFirst, wrong }: { isFirst: boolean; wrong: Html | false },
): Html {
  const isEmail = pool.usernameAttributes.length === 1 && pool.usernameAttributes[0] === "email";
  const kind = isEmail ? html`type="email"` : html`type="text"`;
  const attributes = html`${kind} value="${value}" autocomplete="username" autocapitalize="none" spellcheck="false" required${isFirst && html` autofocus`}${wrong}`;
  return field("username", isEmail ? texts[language].email : texts[language].username, attributes);
}

function choices(factors: Factor[], words: (typeof texts)[Language]): Html {
  const labels: Record<Factor, string> = {
    SMS_MFA: words.bySms,
    SOFTWARE_TOKEN_MFA: words.byTotp,
    EMAIL_OTP: words.byMail,
  };
  return html`<fieldset><legend class="hidden">${words.chooseTitle}</legend>
${factors.map(
  (
    factor,
    at,
  ) => html`<label class="choice"><input type="radio" name="answer" value="${factor}"${at === 0 && html` checked`} required> ${labels[factor]}</label>
`,
)}</fieldset>`;
}

/** The key as a code to scan and as text, in the form that authenticator apps agree on (Key URI Format). */
function setup(
  { key, account }: { key: string; account: string },
  { pool, language }: FormContext,
  wrong: Html | false,
): Html {
  const words = texts[language];
  // Read back from bytes, because encodeURIComponent throws on half a surrogate pair.
  const label = encodeURIComponent(Buffer.from(`${pool.name}:${account}`).toString());
  const uri = `otpauth://totp/${label}?${new URLSearchParams({ secret: key, issuer: pool.name })}`;
  return html`<div class="qr" role="img" aria-label="${words.qr}">${new Html(renderSVG(uri, { border: 1 }))}</div>
<p>${words.setupByHand}: <code class="key">${key.match(/.{1,4}/g)?.join(" ")}</code></p>
${codeField(words.code, wrong)}`;
}

function aside(view: View, { language, query }: FormContext): Html {
  const words = texts[language];
  return view.kind === "password"
    ? html`<p class="aside"><a class="redirect-customizable" href="/forgotPassword?${query.toString()}">${words.forgot}</a></p>`
    : html`<p class="aside"><a class="redirect-customizable" href="/login?${query.toString()}">${words.back}</a></p>`;
}
