import type { Call } from "../protocol/reply";
import { isSecretOf } from "../rules/secret-hash";
import type { Cognito, ThroughClient } from "../store/cognito";
import { OAuthRefusal } from "./refusals";

/**
 * The client that calls the token or revocation endpoint: by HTTP Basic or by `client_id` and `client_secret` in
 * the form; one without a secret by its id alone (developer guide, "Token endpoint"; RFC 6749, 2.3.1).
 *
 * @throws OAuthRefusal invalid_client, or invalid_request when header and form contradict each other.
 */
export function authenticateClient(cognito: Cognito, call: Call, form: URLSearchParams): ThroughClient {
  const header = basicCredentials(call.headers.authorization);
  const inForm = { id: form.get("client_id") ?? undefined, secret: form.get("client_secret") ?? undefined };
  const contradicts = (a: string | undefined, b: string | undefined) =>
    a !== undefined && b !== undefined && a !== b;
  if (header && (contradicts(header.id, inForm.id) || contradicts(header.secret, inForm.secret))) {
    throw new OAuthRefusal("invalid_request");
  }
  const id = header?.id ?? inForm.id;
  const secret = header?.secret ?? inForm.secret;
  const client = id === undefined ? undefined : cognito.clientOf(id);
  if (!client) throw new OAuthRefusal(id === undefined ? "invalid_request" : "invalid_client");
  if (!isSecretOf(client, secret)) throw new OAuthRefusal("invalid_client");
  return cognito.throughClient(client.id);
}

/** @throws OAuthRefusal invalid_client for a header that is not HTTP Basic. */
function basicCredentials(header: string | undefined): { id: string; secret: string } | undefined {
  if (header === undefined) return undefined;
  const encoded = /^Basic +([A-Za-z0-9+/=]+)$/i.exec(header)?.[1];
  const pair = encoded && Buffer.from(encoded, "base64").toString("utf8");
  const colon = pair?.indexOf(":") ?? -1;
  if (!pair || colon === -1) throw new OAuthRefusal("invalid_client");
  return { id: formDecoded(pair.slice(0, colon)), secret: formDecoded(pair.slice(colon + 1)) };
}

/** Both parts are form-encoded before they become Basic (RFC 6749, 2.3.1). */
function formDecoded(text: string): string {
  return new URLSearchParams(`x=${text.replaceAll("&", "%26")}`).get("x") ?? "";
}
