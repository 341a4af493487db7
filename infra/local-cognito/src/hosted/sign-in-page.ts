import type { Reply } from "../protocol/reply";
import type { AuthorizeRequest, Visit } from "./authorize-request";
import { formToken } from "./form-token";
import { formBody, titleOf } from "./forms";
import { lookFor } from "./look";
import { page } from "./page";
import { passkeyScript } from "./passkey-script";
import type { View } from "./view";
import { waysOf } from "./ways";

/** What a page is about: an authorisation request, or what somebody does who is signed in already. */
export type PageRequest = Visit &
  Pick<AuthorizeRequest, "language" | "redirectUri"> &
  Partial<Pick<AuthorizeRequest, "offered" | "chosen">>;

/** A page of the sign-in, with a token in its form and the look that the client was given. */
export function signInPage(
  request: PageRequest,
  view: View,
  told: { bad?: string; good?: string } = {},
): Reply {
  const { client, pool, language, call, chosen } = request;
  const { offered = { here: true, providers: [] } } = request;
  const { token, headers } = formToken(call);
  const providers = chosen === "COGNITO" ? [] : offered.providers;
  const elsewhere = { providers, here: offered.here };
  const ways = waysOf(request);
  const context = { pool, clientName: client.name, language, query: call.query, token, elsewhere, ways };
  return page({
    title: titleOf(view, language),
    body: formBody(view, context, told),
    brand: client.name,
    language,
    status: told.bad === undefined ? 200 : 400,
    headers,
    leadsTo: request.redirectUri,
    look: lookFor(request),
    script: "options" in view ? passkeyScript : undefined,
  });
}
