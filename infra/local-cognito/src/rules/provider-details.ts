import { invalidParameter, notHere } from "../model/failures";
import type { IdentityProvider, ProviderType } from "../model/identity-provider";
import type { Pool } from "../model/pool";
import { SUBJECT_CLAIMS } from "./federation";

type Details = Record<string, string>;

/** What each kind of provider must and may be told (API reference, CreateIdentityProvider, ProviderDetails). */
const MUST: Record<ProviderType, string[]> = {
  OIDC: ["client_id", "attributes_request_method", "oidc_issuer", "authorize_scopes"],
  Google: ["client_id", "client_secret", "authorize_scopes"],
  Facebook: ["client_id", "client_secret", "authorize_scopes"],
  LoginWithAmazon: ["client_id", "client_secret", "authorize_scopes"],
  SignInWithApple: ["client_id", "team_id", "key_id", "private_key", "authorize_scopes"],
  SAML: [],
};
/** Where the provider is. AWS only shows these of the social ones; here they may be given, to stand in for the real one. */
const PLACES = ["oidc_issuer", "authorize_url", "token_url", "attributes_url", "jwks_uri"];
const OPENID = [...PLACES, "client_secret", "attributes_request_method", "attributes_url_add_attributes"];
/** What is refused of SAML, unless it is off. */
const SWITCHES = ["IDPInit", "IDPSignout", "EncryptedResponses", "RequestSigningAlgorithm"];
const MAY: Record<ProviderType, string[]> = {
  OIDC: OPENID,
  Google: OPENID,
  Facebook: [...OPENID, "api_version"],
  LoginWithAmazon: OPENID,
  SignInWithApple: PLACES,
  SAML: ["MetadataURL", "MetadataFile", "SSORedirectBindingURI", "SLORedirectBindingURI", ...SWITCHES],
};

/** Of these a pool has one each, which is called as they are. */
const SOCIAL: string[] = ["Facebook", "Google", "LoginWithAmazon", "SignInWithApple"];

/** @throws InvalidParameterException */
export function assertProviderName(name: string, type: ProviderType): void {
  const fits = SOCIAL.includes(type) ? name === type : ![...SOCIAL, "COGNITO"].includes(name);
  if (!fits || name === "Cognito")
    throw invalidParameter(`A provider of type ${type} cannot be called ${name}.`);
}

/** @throws InvalidParameterException for what is missing, unknown, or would be accepted and then ignored */
export function assertProviderDetails(type: ProviderType, details: Details): void {
  const missing = MUST[type].find((name) => !details[name]);
  if (missing) throw invalidParameter(`${missing} is required in ProviderDetails of ${type}.`);
  const known = new Set([...MUST[type], ...MAY[type]]);
  const unknown = Object.keys(details).find((name) => !known.has(name));
  if (unknown !== undefined) throw invalidParameter(`${unknown} is not known in ProviderDetails of ${type}.`);
  if (type === "SAML") assertSaml(details);
  else assertOpenid(type, details);
}

function assertOpenid(type: ProviderType, details: Details): void {
  for (const place of PLACES) assertAddress(place, details[place]);
  const { attributes_request_method: method = "GET", authorize_scopes: scopes = "" } = details;
  if (method !== "GET" && method !== "POST")
    throw invalidParameter("attributes_request_method must be GET or POST.");
  if (type === "OIDC" && !scopes.split(" ").includes("openid"))
    throw invalidParameter("authorize_scopes must have openid among them.");
}

function assertSaml(details: Details): void {
  const on = SWITCHES.find((name) => details[name] && details[name] !== "false");
  if (on) throw notHere(`${on} of SAML providers`);
  if (Boolean(details.MetadataURL) === Boolean(details.MetadataFile)) {
    throw invalidParameter("MetadataURL or MetadataFile is required in ProviderDetails of SAML.");
  }
  assertAddress("MetadataURL", details.MetadataURL || undefined);
}

/** https as on AWS, and http too: what stands in for a provider on a laptop has no certificate. */
function assertAddress(place: string, address: string | undefined): void {
  if (address === undefined) return;
  if (!URL.canParse(address) || !/^https?:\/\//.test(address) || address.includes("#")) {
    throw invalidParameter(`${place} must be an https address.`);
  }
}

/**
 * The mapping as it is kept: with what the username is made of.
 * @throws InvalidParameterException for attributes that the pool lacks or nobody may map
 */
export function checkedMapping(
  { schema }: Pool,
  type: ProviderType,
  mapping: Record<string, string>,
): Record<string, string> {
  const known = new Set(schema.map(({ Name }) => Name));
  const subject = type === "SAML" ? undefined : SUBJECT_CLAIMS[type];
  for (const [attribute, claim] of Object.entries(mapping)) {
    if (attribute === "username") {
      if (claim !== subject) throw invalidParameter(`username must be mapped to ${subject ?? "nothing"}.`);
    } else if (!known.has(attribute) || attribute === "sub") {
      throw invalidParameter(`Invalid attribute mapping: ${attribute} does not exist in the schema.`);
    }
  }
  return subject === undefined ? mapping : { ...mapping, username: subject };
}

/** @throws InvalidParameterException for an identifier that another provider of the pool has */
export function assertIdentifiersFree(others: IdentityProvider[], identifiers: string[]): void {
  const taken = identifiers.find((each) => others.some((other) => isIdentifiedBy(other, each)));
  if (taken !== undefined || new Set(identifiers.map(lower)).size !== identifiers.length) {
    throw invalidParameter(`The identifier ${taken ?? identifiers[0]} is already in use in the user pool.`);
  }
}

const lower = (text: string) => text.toLowerCase();

/** Identifiers are mostly domains, in which case says nothing. */
export function isIdentifiedBy({ identifiers }: IdentityProvider, identifier: string): boolean {
  return identifiers.some((each) => lower(each) === lower(identifier));
}
