import "reflect-metadata";
import { createHash, randomUUID } from "node:crypto";
import { inflateRawSync } from "node:zlib";
import { PemConverter, X509CertificateGenerator } from "@peculiar/x509";
import { SignedXml } from "xml-crypto";

const ALGORITHM = {
  name: "RSASSA-PKCS1-v1_5",
  hash: "SHA-256",
  publicExponent: new Uint8Array([1, 0, 1]),
  modulusLength: 2048,
};

export const EMAIL_CLAIM = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress";
export const NAME_CLAIM = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name";

/** What an answer says; what is left out is as it should be. */
export interface Said {
  nameId?: string;
  attributes?: Record<string, string[]>;
  issuer?: string;
  audience?: string | null;
  recipient?: string;
  /** Of the assertion, which is what counts; null leaves it out. */
  inResponseTo?: string | null;
  /** Of the response around it. */
  responseTo?: string;
  /** Seconds from now. */
  notBefore?: number;
  notOnOrAfter?: number;
  noConditions?: boolean;
  noConfirmation?: boolean;
  /** What is signed. */
  signs?: "assertion" | "response" | "both" | "nothing";
  /** What is changed after that. */
  tampered?: (xml: string) => string;
}

/** A SAML provider, of which a test says each answer. */
export interface SamlProvider {
  entityId: string;
  metadata: string;
  /** What it posts for a request: the form's fields. */
  answer(request: URL, said?: Said): { SAMLResponse: string; RelayState: string };
}

/** An AuthnRequest as it was sent by the HTTP-Redirect binding. */
export function requestIn(url: URL): { id: string; acs: string; issuer: string; relayState: string } {
  const text = inflateRawSync(Buffer.from(url.searchParams.get("SAMLRequest") ?? "", "base64")).toString();
  const of = (pattern: RegExp) => pattern.exec(text)?.[1] ?? "";
  return {
    id: of(/ ID="([^"]+)"/),
    acs: of(/AssertionConsumerServiceURL="([^"]+)"/),
    issuer: of(/Issuer[^>]*>([^<]+)</),
    relayState: url.searchParams.get("RelayState") ?? "",
  };
}

export async function newSamlProvider(entityId = `https://${randomUUID()}.example`): Promise<SamlProvider> {
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: "CN=idp",
    signingAlgorithm: ALGORITHM,
    keys,
  });
  const der = Buffer.from(certificate.rawData).toString("base64");
  const key = PemConverter.encode(await crypto.subtle.exportKey("pkcs8", keys.privateKey), "PRIVATE KEY");

  /** Signs the element with this name, right below its Issuer. */
  const signed = (xml: string, element: string): string => {
    const signature = new SignedXml({
      privateKey: key,
      signatureAlgorithm: "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
      canonicalizationAlgorithm: "http://www.w3.org/2001/10/xml-exc-c14n#",
    });
    const xpath = `//*[local-name(.)='${element}']`;
    signature.addReference({
      xpath,
      digestAlgorithm: "http://www.w3.org/2001/04/xmlenc#sha256",
      transforms: [
        "http://www.w3.org/2000/09/xmldsig#enveloped-signature",
        "http://www.w3.org/2001/10/xml-exc-c14n#",
      ],
    });
    const location = { reference: `${xpath}/*[local-name(.)='Issuer']`, action: "after" as const };
    signature.computeSignature(xml, { location });
    return signature.getSignedXml();
  };

  return {
    entityId,
    metadata: `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${entityId}"><IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><KeyDescriptor use="signing"><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>${der}</X509Certificate></X509Data></KeyInfo></KeyDescriptor><SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="${entityId}/sso"/></IDPSSODescriptor></EntityDescriptor>`,
    answer: (url, said = {}) => {
      const request = requestIn(url);
      const { signs = "assertion", tampered = (xml: string) => xml } = said;
      let xml = responseXml({ ...request, entityId }, said);
      if (signs === "assertion" || signs === "both") xml = signed(xml, "Assertion");
      if (signs === "response" || signs === "both") xml = signed(xml, "Response");
      return { SAMLResponse: Buffer.from(tampered(xml)).toString("base64"), RelayState: request.relayState };
    },
  };
}

const at = (seconds: number) => new Date(Date.now() + seconds * 1_000).toISOString();
const newId = () => `_${createHash("sha1").update(randomUUID()).digest("hex")}`;

function responseXml(
  { id, acs, issuer: audienceAsked, entityId }: { id: string; acs: string; issuer: string; entityId: string },
  said: Said,
): string {
  const { nameId = "ada", attributes = {}, issuer = entityId, recipient = acs, responseTo = id } = said;
  const { audience = audienceAsked, inResponseTo = id, notBefore = -60, notOnOrAfter = 300 } = said;
  const restriction =
    audience === null ? "" : `<AudienceRestriction><Audience>${audience}</Audience></AudienceRestriction>`;
  const answering = inResponseTo === null ? "" : ` InResponseTo="${inResponseTo}"`;
  const confirmation = said.noConfirmation
    ? ""
    : `<SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><SubjectConfirmationData${answering} NotOnOrAfter="${at(notOnOrAfter)}" Recipient="${recipient}"/></SubjectConfirmation>`;
  const conditions = said.noConditions
    ? ""
    : `<Conditions NotBefore="${at(notBefore)}" NotOnOrAfter="${at(notOnOrAfter)}">${restriction}</Conditions>`;
  const values = Object.entries(attributes)
    .map(
      ([name, texts]) =>
        `<Attribute Name="${name}">${texts.map((text) => `<AttributeValue>${text}</AttributeValue>`).join("")}</Attribute>`,
    )
    .join("");
  return `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="${newId()}" Version="2.0" IssueInstant="${at(0)}" Destination="${acs}" InResponseTo="${responseTo}"><Issuer xmlns="urn:oasis:names:tc:SAML:2.0:assertion">${issuer}</Issuer><samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status><Assertion xmlns="urn:oasis:names:tc:SAML:2.0:assertion" ID="${newId()}" Version="2.0" IssueInstant="${at(0)}"><Issuer>${issuer}</Issuer><Subject><NameID>${nameId}</NameID>${confirmation}</Subject>${conditions}<AuthnStatement AuthnInstant="${at(0)}"><AuthnContext><AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</AuthnContextClassRef></AuthnContext></AuthnStatement>${values && `<AttributeStatement>${values}</AttributeStatement>`}</Assertion></samlp:Response>`;
}
