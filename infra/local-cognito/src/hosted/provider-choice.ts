import type { IdentityProvider } from "../model/identity-provider";
import { type Html, html } from "./html";
import { type Language, texts } from "./texts";

/** Where else the client lets people sign in, and whether they may here. */
export interface Elsewhere {
  providers: IdentityProvider[];
  here: boolean;
}

interface Choosing {
  elsewhere: Elsewhere;
  query: URLSearchParams;
  language: Language;
}

/** The brands as they are written. */
const BRANDS: Record<string, string> = { SignInWithApple: "Apple", LoginWithAmazon: "Amazon" };

/**
 * Where else people may sign in: a button for each provider, and for those that have identifiers a look-up by the domain of
 * an e-mail address, so that the page does not tell who the customers are.
 */
export function providerChoice({ elsewhere, query, language }: Choosing): Html | false {
  const { providers, here } = elsewhere;
  if (providers.length === 0) return false;
  const words = texts[language];
  const isListed = ({ identifiers }: IdentityProvider) => identifiers.length === 0;
  return html`${here && html`<p class="or">${words.or}</p>`}
<div class="providers">
${providers.filter(isListed).map((provider) => button(provider, { query, language }))}
${!providers.every(isListed) && lookUpForm(query, words)}
</div>`;
}

/** A link to the provider, which looks like a button. */
export function button({ name }: IdentityProvider, { query, language }: Omit<Choosing, "elsewhere">): Html {
  return html`<a class="provider idpButton-customizable" href="${addressOf(name, query)}">${texts[language].continueWith(BRANDS[name] ?? name)}</a>
`;
}

/** The request again, with this provider. */
export function addressOf(name: string, query: URLSearchParams): string {
  const more = new URLSearchParams(query);
  more.delete("email");
  more.set("identity_provider", name);
  return `/oauth2/authorize?${more}`;
}

function lookUpForm(query: URLSearchParams, words: (typeof texts)["en"]): Html {
  const kept = [...query].filter(([name]) => name !== "email");
  return html`<form class="lookup" method="get" action="/idplookup">
${kept.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
<div class="field"><label class="label-customizable" for="email">${words.companyEmail}</label>
<input class="inputField-customizable" id="email" name="email" type="email" autocomplete="email" required></div>
<button class="provider idpButton-customizable" type="submit">${words.companySignIn}</button>
</form>`;
}
