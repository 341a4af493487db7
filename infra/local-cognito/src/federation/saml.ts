import { type CacheProvider, SAML, type SamlConfig, ValidateInResponseTo } from "@node-saml/node-saml";
import type { IdentityProvider, Profile } from "../model/identity-provider";
import { claimsOf } from "../rules/provider-claims";
import { metadataIn, type SamlMetadata } from "../rules/saml-metadata";
import { boundedFetch } from "./bounded-fetch";
import { ProviderRefusal } from "./refusal";

const TIMEOUT_MS = 10_000;
/** How far a provider's clock may be off. */
const SKEW_MS = 30_000;

interface Leaving {
  /** Of the assertion consumer service. */
  redirectUri: string;
  requestId: string;
}

/** What a pool is called by its SAML providers, who address their assertions to it (developer guide, "SAML IdPs"). */
const entityIdOf = ({ poolId }: Pick<IdentityProvider, "poolId">) => `urn:amazon:cognito:sp:${poolId}`;

/**
 * The provider's page for a browser that is to sign in there, by the HTTP-Redirect binding.
 * @throws ProviderRefusal for a provider whose metadata cannot be read
 */
export async function samlAddress(
  provider: IdentityProvider,
  leaving: Leaving,
  relayState: string,
): Promise<URL> {
  const metadata = await metadataOf(provider);
  const saml = new SAML(configOf(provider, metadata, leaving));
  return new URL(await saml.getAuthorizeUrlAsync(relayState, undefined, {}));
}

/**
 * Who an answer says it is. The library sees to the signature over what is read, to audience and time; that the signed part
 * itself is the answer to this request, from this provider and for this address is seen to here, since an
 * unsigned envelope around a signed assertion can say what it likes (SAML 2.0 profiles, 4.1.4.3).
 *
 * @param response SAMLResponse, as it was posted
 * @throws ProviderRefusal
 */
export async function samlProfileFrom(
  provider: IdentityProvider,
  { response, ...leaving }: Leaving & { response: string },
  now: number,
): Promise<Profile> {
  const metadata = await metadataOf(provider);
  try {
    // A document type can make one entity into a gigabyte, and stands outside of what is signed.
    if (/<!DOCTYPE/i.test(Buffer.from(response, "base64").toString("utf8")))
      throw new Error("it has a document type");
    const saml = new SamlAt(configOf(provider, metadata, leaving), now);
    const { profile } = await saml.validatePostResponseAsync({ SAMLResponse: response });
    if (!profile) throw new Error("nobody is signed in there");
    assertBearer(profile.getAssertion?.(), leaving, profile.issuer === metadata.entityId);
    if (!profile.nameID) throw new Error("it does not say who it is");
    const claims = claimsOf((profile.attributes ?? {}) as Record<string, unknown>);
    return { subject: profile.nameID, claims, raw: { samlResponse: claims } };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ProviderRefusal("invalid_request", `Error in SAML response processing: ${why}`);
  }
}

/** node-saml by another clock than the machine's. */
class SamlAt extends SAML {
  constructor(
    config: SamlConfig,
    private readonly at: number,
  ) {
    super(config);
  }

  protected override checkTimestampsValidityError(
    _: number,
    ...bounds: [notBefore: string, notOnOrAfter: string, latest?: number]
  ): Error | null {
    return super.checkTimestampsValidityError(this.at, ...bounds);
  }
}

/** @throws Error */
function assertBearer(assertion: unknown, { redirectUri, requestId }: Leaving, isIssuer: boolean): void {
  if (!isIssuer) throw new Error("it is of another issuer");
  const { Assertion } = assertion as { Assertion?: { Subject?: { SubjectConfirmation?: Confirmation[] }[] } };
  const confirmations = Assertion?.Subject?.[0]?.SubjectConfirmation ?? [];
  const isFit = ({ $, SubjectConfirmationData: [data] = [] }: Confirmation) =>
    $?.Method === "urn:oasis:names:tc:SAML:2.0:cm:bearer" &&
    data?.$?.Recipient === redirectUri &&
    data.$.InResponseTo === requestId &&
    data.$.NotOnOrAfter !== undefined;
  // One alone: of several, the library may have looked at the time of another one.
  const [only, ...others] = confirmations;
  if (!only || others.length > 0 || !isFit(only)) {
    throw new Error("it is not for this address, or not the answer to this request");
  }
}

interface Confirmation {
  $?: { Method?: string };
  SubjectConfirmationData?: {
    $?: { Recipient?: string; InResponseTo?: string; NotOnOrAfter?: string };
  }[];
}

function configOf(
  provider: IdentityProvider,
  { entityId, address, certificates }: SamlMetadata,
  { redirectUri, requestId }: Leaving,
): SamlConfig {
  const entity = entityIdOf(provider);
  return {
    issuer: entity,
    audience: entity,
    callbackUrl: redirectUri,
    entryPoint: address,
    idpIssuer: entityId,
    idpCert: certificates,
    // Either is signed: the library takes nothing from outside of what is.
    wantAuthnResponseSigned: false,
    wantAssertionsSigned: false,
    validateInResponseTo: ValidateInResponseTo.always,
    cacheProvider: only(requestId),
    acceptedClockSkewMs: SKEW_MS,
    identifierFormat: null,
    disableRequestedAuthnContext: true,
    generateUniqueId: () => requestId,
  };
}

/** The one request that there is an answer to. That it is answered once is seen to by who keeps it. */
function only(requestId: string): CacheProvider {
  return {
    getAsync: async (key) => (key === requestId ? new Date().toISOString() : null),
    saveAsync: async (_, value) => ({ value, createdAt: Date.now() }),
    removeAsync: async (key) => key,
  };
}

/** @throws ProviderRefusal */
async function metadataOf({ name, details }: IdentityProvider): Promise<SamlMetadata> {
  const { MetadataFile, MetadataURL = "" } = details;
  try {
    return metadataIn(MetadataFile || (await fetched(MetadataURL)));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ProviderRefusal("server_error", `The metadata of ${name} cannot be read: ${why}`);
  }
}

async function fetched(address: string): Promise<string> {
  const response = await boundedFetch(address, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!response.ok) throw new Error(`status ${response.status}`);
  return await response.text();
}
