import { type Call, formOf, type Reply, redirect } from "../protocol/reply";
import { fingerprint } from "../rules/fingerprint";
import type { Cognito } from "../store/cognito";
import { drop, put } from "../store/store";
import { single } from "./authorize-request";
import { atProvider } from "./federate";
import { begun, completed, taken } from "./idp-response";
import { shown } from "./refusals";

/**
 * `POST /saml2/idpresponse`: a provider's answer. The browser keeps its cookies back from what another site posts, so that
 * whose browser it is shows after a redirect; the answer waits there as what it says, not as what it is.
 *
 * @throws ShownRefusal, ReturnedRefusal
 */
export async function takeAnswer(cognito: Cognito, call: Call): Promise<Reply> {
  const form = formOf(call) ?? new URLSearchParams();
  const relayState = single(form, "RelayState");
  const response = single(form, "SAMLResponse");
  const federation = cognito.federation(fingerprint(relayState));
  const { saml } = federation ?? {};
  if (!federation || !saml || saml.profile || federation.expiresAt <= cognito.now())
    throw shown.unknownState();
  // Whatever it says: no request is answered twice.
  cognito.commit(drop("federations", federation));
  const { request, provider } = begun(cognito, call, federation);
  const { samlProfileFrom } = await import("../federation/saml");
  const { redirectUri } = federation;
  const profile = await atProvider(request, () =>
    samlProfileFrom(provider, { redirectUri, requestId: saml.requestId, response }, cognito.now()),
  );
  cognito.commit(put("federations", { ...federation, saml: { ...saml, profile } }));
  return {
    ...redirect(`/saml2/idpresponse?${new URLSearchParams({ RelayState: relayState })}`),
    status: 303,
  };
}

/** `GET /saml2/idpresponse`: the browser that was sent to the provider, after its answer was taken. */
export async function comeBackAnswered(cognito: Cognito, call: Call): Promise<Reply> {
  const federation = taken(cognito, call, single(call.query, "RelayState"));
  const { profile } = federation.saml ?? {};
  if (!profile) throw shown.unknownState();
  const { request, provider } = begun(cognito, call, federation);
  return await completed(request, provider, profile);
}
