import { type Call, type Reply, redirect } from "../protocol/reply";
import type { Cognito } from "../store/cognito";
import { readAuthorizeRequest } from "./authorize-request";
import { ReturnedRefusal } from "./refusals";
import { returnWithCode } from "./return";
import { currentSession } from "./session";

/**
 * `GET /oauth2/authorize`: back with a code at once when the browser is signed in already, otherwise to `/login`
 * with the same parameters (developer guide, "The redirect and authorization endpoint").
 */
export function authorize(cognito: Cognito, call: Call): Reply {
  const request = readAuthorizeRequest(cognito, call);
  const session = currentSession(request);
  if (session && request.prompt !== "login") return redirect(returnWithCode(request, session));
  if (request.prompt === "none") {
    throw new ReturnedRefusal(request, "login_required");
  }
  return redirect(`/login?${call.query}`);
}
