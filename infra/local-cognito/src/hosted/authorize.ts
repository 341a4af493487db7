import type { HostedSession } from "../model/hosted";
import { type Call, type Reply, redirect } from "../protocol/reply";
import type { Cognito } from "../store/cognito";
import { type AuthorizeRequest, readAuthorizeRequest } from "./authorize-request";
import { onlyProvider, sendTo } from "./federate";
import { ReturnedRefusal } from "./refusals";
import { returnAddress } from "./return";
import { currentSession } from "./session";

/**
 * `GET /oauth2/authorize`: back with a code at once when the browser is signed in already, otherwise to the provider that
 * was asked for, or to `/login` with the same parameters (developer guide, "The redirect and authorization endpoint").
 */
export async function authorize(cognito: Cognito, call: Call): Promise<Reply> {
  const request = readAuthorizeRequest(cognito, call);
  const session = currentSession(request);
  if (session && request.prompt !== "login" && suits(session, request)) {
    return redirect(await returnAddress(request, session));
  }
  if (request.prompt === "none") {
    throw new ReturnedRefusal(request, "login_required");
  }
  const provider = onlyProvider(request);
  return provider ? await sendTo(provider, request) : redirect(`/login?${call.query}`);
}

/** Whoever signed in somewhere else than asked, or where this client lets nobody sign in, is asked again. */
function suits({ providerName = "COGNITO" }: HostedSession, { chosen, offered }: AuthorizeRequest): boolean {
  if (chosen) return providerName === (chosen === "COGNITO" ? chosen : chosen.name);
  return providerName === "COGNITO"
    ? offered.here
    : offered.providers.some(({ name }) => name === providerName);
}
