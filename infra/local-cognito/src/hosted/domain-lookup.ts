import type { Call, Reply } from "../protocol/reply";
import { isIdentifiedBy } from "../rules/provider-details";
import type { Cognito } from "../store/cognito";
import { readAuthorizeRequest } from "./authorize-request";
import { html } from "./html";
import { page } from "./page";
import { addressOf, button } from "./provider-choice";
import { signInPage } from "./sign-in-page";
import { texts } from "./texts";

/**
 * `GET /idplookup`: the provider for somebody's e-mail domain. Not by a redirect, which browsers would hold to the form's
 * policy, but by a page that goes there.
 */
export function lookUp(cognito: Cognito, call: Call): Reply {
  const request = readAuthorizeRequest(cognito, call);
  const { language, offered } = request;
  const words = texts[language];
  const domain = (call.query.get("email") ?? "").trim().split("@")[1] ?? "";
  const provider = offered.providers.find((each) => domain !== "" && isIdentifiedBy(each, domain));
  if (!provider) {
    return signInPage(request, { kind: "password", username: request.loginHint }, { bad: words.noProvider });
  }
  const { query } = call;
  const body = html`<h1>${words.signInTitle}</h1>
<p class="why">${words.signInTo(request.client.name)}</p>
${button(provider, { query, language })}`;
  const headers = { refresh: `0; url=${addressOf(provider.name, query)}` };
  return page({ title: words.signInTitle, body, language, headers });
}
