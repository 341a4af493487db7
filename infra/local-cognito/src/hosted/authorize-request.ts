import type { Client } from "../model/client";
import type { IdentityProvider } from "../model/identity-provider";
import type { Call } from "../protocol/reply";
import { isIdentifiedBy } from "../rules/provider-details";
import type { Cognito, ThroughClient } from "../store/cognito";
import { ReturnedRefusal, shown } from "./refusals";
import { type Language, languageOf } from "./texts";

/** What a browser asks for, about one client. */
export interface Visit extends ThroughClient {
  call: Call;
}

/** An authorisation request that may be carried out. */
export interface AuthorizeRequest extends Visit {
  redirectUri: string;
  /** What the client asked for: a code, or the tokens at once. */
  flow: "code" | "implicit";
  scopes: string[];
  state?: string | undefined;
  nonce?: string | undefined;
  /** What the access token is to be for: its `aud` (RFC 8707). */
  resource?: string | undefined;
  /** PKCE: the base64url of a SHA-256. */
  challenge?: string | undefined;
  prompt: "none" | "login" | undefined;
  /** Where to sign in, if the request says so. */
  chosen: IdentityProvider | "COGNITO" | undefined;
  /** Where the client lets people sign in. */
  offered: { here: boolean; providers: IdentityProvider[] };
  loginHint: string;
  language: Language;
}

/**
 * Reads the parameters of `/oauth2/authorize`, which `/login` takes too (developer guide, "The redirect and
 * authorization endpoint"; RFC 6749, 4.1.1; RFC 7636, 4.3).
 *
 * PKCE is up to the client, as on AWS; with the option `require-pkce` one without a secret must use it (RFC 9700, 2.1.1).
 *
 * @throws ShownRefusal for a client or redirect_uri that is not registered, ReturnedRefusal for everything else.
 */
export function readAuthorizeRequest(cognito: Cognito, call: Call): AuthorizeRequest {
  const visit = readClient(cognito, call);
  const { client } = visit;
  const { query } = call;
  const redirectUri = single(query, "redirect_uri");
  // Compared exactly: anything more lenient leads to open redirects (RFC 9700, 4.1.3).
  if (!client.settings.CallbackURLs?.includes(redirectUri)) throw shown.redirectMismatch();

  const states = query.getAll("state");
  const refusal = (error: string, description?: string) =>
    new ReturnedRefusal(
      { redirectUri, state: states.length === 1 ? states[0] : undefined },
      error,
      description,
    );
  for (const name of new Set(query.keys())) {
    if (query.getAll(name).length > 1) throw refusal("invalid_request", `${name} is given more than once`);
  }
  const flow = readFlow(client, query.get("response_type"), refusal);
  const offered = offeredTo(visit);
  return {
    ...visit,
    redirectUri,
    flow,
    scopes: readScopes(client, query.get("scope"), refusal),
    state: states[0],
    nonce: query.get("nonce") || undefined,
    resource: readResource(visit, query, refusal),
    challenge: readChallenge(query, {
      refusal,
      isRequired: flow === "code" && cognito.requiresPkce && client.secret === undefined,
    }),
    prompt: readPrompt(query.get("prompt")),
    chosen: readProvider(offered, query, refusal),
    offered,
    loginHint: query.get("login_hint") ?? "",
    language: languageOf(query),
  };
}

/** @throws ShownRefusal */
export function readClient(cognito: Cognito, call: Call): Visit {
  const id = single(call.query, "client_id");
  if (!cognito.clientOf(id)) throw shown.unknownClient(id);
  return { ...cognito.throughClient(id), call };
}

/** @throws ShownRefusal when the parameter is missing or there are two. */
export function single(query: URLSearchParams, name: string): string {
  const [value, ...others] = query.getAll(name);
  if (!value) throw shown.missing(name);
  if (others.length > 0) throw shown.repeated(name);
  return value;
}

type Refusal = (error: string, description?: string) => ReturnedRefusal;

function readFlow(client: Client, responseType: string | null, refusal: Refusal): AuthorizeRequest["flow"] {
  const { AllowedOAuthFlowsUserPoolClient, AllowedOAuthFlows = [] } = client.settings;
  if (responseType !== "code" && responseType !== "token")
    throw refusal("invalid_request", responseType ? "invalid response_type" : "response_type is missing");
  const flow = responseType === "code" ? "code" : "implicit";
  if (!AllowedOAuthFlowsUserPoolClient || !AllowedOAuthFlows.includes(flow))
    throw refusal("unauthorized_client");
  return flow;
}

function offeredTo({ cognito, pool, client }: Visit): AuthorizeRequest["offered"] {
  const { SupportedIdentityProviders: names = ["COGNITO"] } = client.settings;
  const providers = cognito.identityProviders(pool).filter(({ name }) => names.includes(name));
  return { here: names.includes("COGNITO"), providers };
}

/** By its name, or by what else it is called: then `idp_identifier` says so, mostly with a domain. */
function readProvider(
  { here, providers }: AuthorizeRequest["offered"],
  query: URLSearchParams,
  refusal: Refusal,
): AuthorizeRequest["chosen"] {
  const [name, identifier] = [query.get("identity_provider"), query.get("idp_identifier")];
  if (name === null && identifier === null) {
    if (here || providers.length > 0) return undefined;
    throw refusal("invalid_request", "Invalid identity_provider");
  }
  if (name !== null && identifier !== null) {
    throw refusal("invalid_request", "identity_provider and idp_identifier exclude each other");
  }
  if (name === "COGNITO" && here) return name;
  const found = providers.find((each) =>
    name === null ? isIdentifiedBy(each, identifier ?? "") : each.name === name,
  );
  if (!found)
    throw refusal("invalid_request", `Invalid ${name === null ? "idp_identifier" : "identity_provider"}`);
  return found;
}

/**
 * The same, for the pages on which people sign in with a password.
 * @throws ShownRefusal, ReturnedRefusal also where the client or the request lets them sign in elsewhere alone
 */
export function readLocalRequest(cognito: Cognito, call: Call): AuthorizeRequest {
  const request = readAuthorizeRequest(cognito, call);
  const isElsewhere = typeof request.chosen === "object";
  if (isElsewhere || !request.offered.here)
    throw new ReturnedRefusal(request, "invalid_request", "Invalid identity_provider");
  return request;
}

/** What is asked for, or everything that the client may have. "invalid_scope" is where Cognito really puts it. */
function readScopes(client: Client, asked: string | null, refusal: Refusal): string[] {
  const allowed = client.settings.AllowedOAuthScopes ?? [];
  const scopes = [...new Set((asked ?? "").split(" ").filter(Boolean))];
  if (scopes.length === 0) return allowed;
  const isOpenId = scopes.includes("openid");
  const unfit = (scope: string) =>
    !allowed.includes(scope) || (!isOpenId && ["email", "phone", "profile"].includes(scope));
  if (scopes.some(unfit)) throw refusal("invalid_request", "invalid_scope");
  return scopes;
}

/** The address of what the access token is for (developer guide, "Resource binding"; RFC 8707, 2). */
function readResource({ pool }: Visit, query: URLSearchParams, refusal: Refusal): string | undefined {
  const resource = query.get("resource") ?? undefined;
  if (resource === undefined) return undefined;
  if (pool.settings.UserPoolTier === "LITE") throw refusal("invalid_request", "resource is not in this tier");
  if (!URL.canParse(resource) || resource.includes("#")) throw refusal("invalid_target");
  return resource;
}

function readChallenge(
  query: URLSearchParams,
  { refusal, isRequired }: { refusal: Refusal; isRequired: boolean },
): string | undefined {
  const challenge = query.get("code_challenge") ?? undefined;
  const method = query.get("code_challenge_method") ?? undefined;
  if (challenge === undefined && method === undefined) {
    if (isRequired) throw refusal("invalid_request", "code_challenge is required");
    return undefined;
  }
  if (method !== "S256") throw refusal("invalid_request", "code_challenge_method must be S256");
  if (!/^[\w-]{43}$/.test(challenge ?? "")) throw refusal("invalid_request", "code_challenge is invalid");
  return challenge;
}

/** Other values (consent, select_account) mean nothing to a pool's own users (developer guide). */
function readPrompt(prompt: string | null): AuthorizeRequest["prompt"] {
  const values = (prompt ?? "").split(" ");
  if (values.includes("none")) return "none";
  return values.includes("login") ? "login" : undefined;
}
