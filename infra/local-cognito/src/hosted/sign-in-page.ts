import type { Reply } from "../protocol/reply";
import type { AuthorizeRequest } from "./authorize-request";
import { formToken } from "./form-token";
import { formBody, titleOf, type View } from "./forms";
import { lookFor } from "./look";
import { page } from "./page";

/** A page of the sign-in, with a token in its form and the look that the client was given. */
export function signInPage(
  request: AuthorizeRequest,
  view: View,
  told: { bad?: string; good?: string } = {},
): Reply {
  const { client, pool, language, call, offered, chosen } = request;
  const { token, headers } = formToken(call);
  const providers = chosen === "COGNITO" ? [] : offered.providers;
  const elsewhere = { providers, here: offered.here };
  const context = { pool, clientName: client.name, language, query: call.query, token, elsewhere };
  return page({
    title: titleOf(view, language),
    body: formBody(view, context, told),
    language,
    status: told.bad === undefined ? 200 : 400,
    headers,
    leadsTo: request.redirectUri,
    look: lookFor(request),
  });
}
