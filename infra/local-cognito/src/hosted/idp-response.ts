import { CognitoFailure } from "../model/failures";
import type { Federation, IdentityProvider, Profile } from "../model/identity-provider";
import { federatedUser } from "../operations/sign-in/federated";
import { type Call, formOf, type Reply, redirect } from "../protocol/reply";
import { fingerprint } from "../rules/fingerprint";
import type { Cognito } from "../store/cognito";
import { drop } from "../store/store";
import { type AuthorizeRequest, readAuthorizeRequest, single } from "./authorize-request";
import { atProvider, browserHashOf } from "./federate";
import { ReturnedRefusal, shown } from "./refusals";
import { returnAddress } from "./return";
import { startSession } from "./session";

/**
 * `GET /oauth2/idpresponse`: a browser comes back from a provider, and goes on to the application that it came from.
 * @throws ShownRefusal for one that was not sent there, ReturnedRefusal for everything else
 */
export async function comeBack(cognito: Cognito, call: Call): Promise<Reply> {
  const state = single(call.query, "state");
  const { openid, ...federation } = taken(cognito, call, state);
  if (!openid) throw shown.unknownState();
  const { request, provider } = begun(cognito, call, federation);
  const { profileFrom } = await import("../federation/openid");
  const { redirectUri } = federation;
  const profile = await atProvider(request, () =>
    profileFrom(provider, { ...openid, redirectUri, query: call.query, state }, cognito.now()),
  );
  return await completed(request, provider, profile);
}

/**
 * `POST /oauth2/idpresponse` (OAuth 2.0 Form Post Response Mode). The browser keeps its cookies back from what another
 * site posts; it sends them with the redirect.
 */
export function comeBackByForm(_: Cognito, call: Call): Reply {
  const form = formOf(call) ?? new URLSearchParams();
  single(form, "state");
  return { ...redirect(`/oauth2/idpresponse?${form}`), status: 303 };
}

/** What was begun under this state, by this browser: it is not there a second time. @throws ShownRefusal */
export function taken(cognito: Cognito, call: Call, state: string): Federation {
  const federation = cognito.federation(fingerprint(state));
  if (!federation || federation.browserHash !== browserHashOf(call)) throw shown.unknownState();
  cognito.commit(drop("federations", federation));
  if (federation.expiresAt <= cognito.now()) throw shown.unknownState();
  return federation;
}

/** The request that it began with, as it is allowed now. @throws ShownRefusal, ReturnedRefusal */
export function begun(
  cognito: Cognito,
  call: Call,
  { query, poolId, providerName }: Federation,
): { request: AuthorizeRequest; provider: IdentityProvider } {
  const request = readAuthorizeRequest(cognito, { ...call, query: new URLSearchParams(query) });
  const provider = request.offered.providers.find(({ name }) => name === providerName);
  if (!provider || request.pool.id !== poolId) {
    throw new ReturnedRefusal(request, "invalid_request", "Invalid identity_provider");
  }
  return { request, provider };
}

/** Signs the user in here as well, and sends the browser back to the application. @throws ReturnedRefusal */
export async function completed(
  request: AuthorizeRequest,
  provider: IdentityProvider,
  profile: Profile,
): Promise<Reply> {
  try {
    const user = await federatedUser(request, provider, profile);
    const { session, cookie } = startSession(request, user, provider.name);
    return redirect(await returnAddress(request, session), { "set-cookie": [cookie] });
  } catch (error) {
    if (!(error instanceof CognitoFailure)) throw error;
    throw new ReturnedRefusal(request, "invalid_request", error.message);
  }
}
