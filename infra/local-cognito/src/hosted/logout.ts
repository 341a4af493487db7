import { type Call, type Reply, redirect } from "../protocol/reply";
import type { Cognito } from "../store/cognito";
import { readClient, single } from "./authorize-request";
import { shown } from "./refusals";
import { endSession } from "./session";

/**
 * `GET /logout`: signs the browser out and sends it to a registered `logout_uri`; or, with the parameters of an
 * authorisation request, to the sign-in form again (developer guide, "The managed login sign-out endpoint").
 * What is not registered is not followed, and signs nobody out.
 */
export function logout(cognito: Cognito, call: Call): Reply {
  const visit = readClient(cognito, call);
  const { client } = visit;
  const leave = (location: string) => redirect(location, { "set-cookie": [endSession(visit)] });
  if (call.query.has("logout_uri")) {
    const logoutUri = single(call.query, "logout_uri");
    if (!client.settings.LogoutURLs?.includes(logoutUri)) throw shown.redirectMismatch();
    return leave(logoutUri);
  }
  const redirectUri = single(call.query, "redirect_uri");
  if (!client.settings.CallbackURLs?.includes(redirectUri)) throw shown.redirectMismatch();
  single(call.query, "response_type");
  return leave(`/login?${call.query}`);
}
