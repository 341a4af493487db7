import { renderSVG } from "uqr";
import type { Pool } from "../model/pool";
import type { Factor, FirstFactor } from "../model/user";
import { Html, html } from "./html";
import { type Language, texts } from "./texts";
import type { SignUpFields, View } from "./view";

type Words = (typeof texts)["en"];
/** Attributes of a field that was filled in wrongly. */
type Wrong = Html | false;

interface FieldContext {
  pool: Pool;
  language: Language;
}

/** The fields of a page's form. */
export function fields(view: View, context: FieldContext, isWrong: boolean): Html | Html[] | undefined {
  const words = texts[context.language];
  const wrong: Wrong = isWrong && html` aria-describedby="told" aria-invalid="true"`;
  const newPassword = (label: string, required = true) =>
    field(
      "password",
      label,
      html`type="password" autocomplete="new-password"${required && html` required`}${wrong}`,
    );
  const password = (isFirst: boolean) =>
    field(
      "password",
      words.password,
      html`type="password" autocomplete="current-password" required${isFirst && html` autofocus`}${wrong}`,
    );
  switch (view.kind) {
    case "password": {
      const isFirst = view.username === "";
      return [usernameField(view.username, context, { isFirst, wrong }), password(!isFirst)];
    }
    case "PASSWORD":
      return password(true);
    case "NEW_PASSWORD_REQUIRED":
      return [newPassword(words.newPassword), ...attributeFields(view.missing, {}, words)];
    case "SMS_MFA":
    case "EMAIL_OTP":
    case "SMS_OTP":
    case "SOFTWARE_TOKEN_MFA":
      return codeField(words.code, wrong);
    case "SELECT_MFA_TYPE":
      return choices(view.factors, words.chooseTitle, words);
    case "SELECT_CHALLENGE":
      return choices(view.factors, words.waysTitle, words);
    case "WEB_AUTHN":
    case "add-passkey":
      return html`<input type="hidden" name="credential" value="">`;
    case "MFA_SETUP":
      return setup(view, context, wrong);
    case "other-way":
    case "forgot":
      return usernameField(view.username, context, { isFirst: true, wrong });
    case "sign-up":
      return [
        usernameField(view.username, context, { isFirst: true, wrong }),
        ...attributeFields(Object.keys(view.asked.attributes), view.asked.attributes, words),
        view.asked.needsPassword ? newPassword(words.password) : newPassword(words.passwordIfWanted, false),
        termsLinks(view.asked, words),
      ];
    case "confirm-sign-up":
    case "confirm":
      return [
        html`<input type="hidden" name="username" value="${view.username}">`,
        codeField(words.code, wrong),
        ...(view.kind === "confirm" ? [newPassword(words.newPassword)] : []),
      ];
    case "setup-unavailable":
      return undefined;
  }
}

function field(name: string, label: string, attributes: Html): Html {
  return html`<div class="field"><label class="label-customizable" for="${name}">${label}</label>
<input class="inputField-customizable" id="${name}" name="${name}" ${attributes}></div>`;
}

/** What browsers fill in by themselves, and which keyboard a phone shows. */
const KINDS: Record<string, Html> = {
  email: html`type="email" autocomplete="email"`,
  phone_number: html`type="tel" autocomplete="tel"`,
  birthdate: html`type="date" autocomplete="bday"`,
  name: html`type="text" autocomplete="name"`,
  given_name: html`type="text" autocomplete="given-name"`,
  family_name: html`type="text" autocomplete="family-name"`,
};

function attributeFields(names: string[], typed: Record<string, string>, words: Words): Html[] {
  const label = (name: string) => (Object.hasOwn(words.attributes, name) ? words.attributes[name] : name);
  return names.map((name) =>
    field(
      `userAttributes.${name}`,
      label(name) ?? name,
      html`${KINDS[name] ?? html`type="text"`} value="${typed[name] ?? ""}" required`,
    ),
  );
}

function codeField(label: string, wrong: Wrong): Html {
  return html`<div class="field"><label class="label-customizable" for="code">${label}</label>
<input class="code inputField-customizable" id="code" name="code" type="text" inputmode="numeric" autocomplete="one-time-code" maxlength="12" required autofocus${wrong}></div>`;
}

function usernameField(
  value: string,
  { pool, language }: FieldContext,
  { isFirst, wrong }: { isFirst: boolean; wrong: Wrong },
): Html {
  const isEmail = pool.usernameAttributes.length === 1 && pool.usernameAttributes[0] === "email";
  const kind = isEmail ? html`type="email"` : html`type="text"`;
  const attributes = html`${kind} value="${value}" autocomplete="username" autocapitalize="none" spellcheck="false" required${isFirst && html` autofocus`}${wrong}`;
  return field("username", isEmail ? texts[language].email : texts[language].username, attributes);
}

function choices(factors: (Factor | FirstFactor)[], legend: string, words: Words): Html {
  return html`<fieldset><legend class="hidden">${legend}</legend>
${factors.map(
  (
    factor,
    at,
  ) => html`<label class="choice"><input type="radio" name="answer" value="${factor}"${at === 0 && html` checked`} required> ${words.factors[factor]}</label>
`,
)}</fieldset>`;
}

function termsLinks({ terms }: SignUpFields, words: Words): Html {
  if (terms.length === 0) return html``;
  return html`<p>${words.termsBefore} ${terms.map(
    ({ name, address }, at) =>
      html`${at > 0 && `${words.and} `}<a href="${address}" rel="noreferrer">${words.terms[name] ?? name}</a> `,
  )}</p>`;
}

/** The key as a code to scan and as text, in the form that authenticator apps agree on (Key URI Format). */
function setup(
  { key, account }: { key: string; account: string },
  { pool, language }: FieldContext,
  wrong: Wrong,
): Html {
  const words = texts[language];
  // Read back from bytes, because encodeURIComponent throws on half a surrogate pair.
  const label = encodeURIComponent(Buffer.from(`${pool.name}:${account}`).toString());
  const uri = `otpauth://totp/${label}?${new URLSearchParams({ secret: key, issuer: pool.name })}`;
  return html`<div class="qr" role="img" aria-label="${words.qr}">${new Html(renderSVG(uri, { border: 1 }))}</div>
<p>${words.setupByHand}: <code class="key">${key.match(/.{1,4}/g)?.join(" ")}</code></p>
${codeField(words.code, wrong)}`;
}
