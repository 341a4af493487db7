import "reflect-metadata";
import { randomUUID } from "node:crypto";
import { X509CertificateGenerator } from "@peculiar/x509";
import { SignedXml } from "xml-crypto";
import { type Html, html } from "../hosted/html";
import type { MockProvider } from "./mock-provider";
import type { Person } from "./people";

const ALGORITHM = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
const LIFETIME_MS = 5 * 60_000;
const ASSERTION = "//*[local-name(.)='Assertion']";

const made = new WeakMap<MockProvider, Promise<string>>();

/** base64 of the DER of the certificate for the mock's key. */
export function certificateOf(mock: MockProvider): Promise<string> {
  const known = made.get(mock) ?? newCertificate(mock);
  made.set(mock, known);
  return known;
}

async function newCertificate({ keys }: MockProvider): Promise<string> {
  const [privateKey, publicKey] = await Promise.all([
    crypto.subtle.importKey(
      "pkcs8",
      keys.privateKey.export({ type: "pkcs8", format: "der" }),
      ALGORITHM,
      true,
      ["sign"],
    ),
    crypto.subtle.importKey("spki", keys.publicKey.export({ type: "spki", format: "der" }), ALGORITHM, true, [
      "verify",
    ]),
  ]);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: "CN=Mock identity provider",
    signingAlgorithm: ALGORITHM,
    keys: { privateKey, publicKey },
  });
  return Buffer.from(certificate.rawData).toString("base64");
}

/** A SAMLResponse in base64, of which the assertion is signed: `sub` is its NameID, the claims its attributes. */
export async function signedResponse(
  mock: MockProvider,
  said: { id: string; acs: string; audience: string; issuer: string; person: Person; now: number },
): Promise<string> {
  const signature = new SignedXml({
    privateKey: mock.keys.privateKey.export({ type: "pkcs8", format: "pem" }),
    signatureAlgorithm: "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
    canonicalizationAlgorithm: "http://www.w3.org/2001/10/xml-exc-c14n#",
  });
  signature.addReference({
    xpath: ASSERTION,
    digestAlgorithm: "http://www.w3.org/2001/04/xmlenc#sha256",
    transforms: [
      "http://www.w3.org/2000/09/xmldsig#enveloped-signature",
      "http://www.w3.org/2001/10/xml-exc-c14n#",
    ],
  });
  const location = { reference: `${ASSERTION}/*[local-name(.)='Issuer']`, action: "after" as const };
  signature.computeSignature(responseXml(said).text, { location });
  return Buffer.from(signature.getSignedXml()).toString("base64");
}

function responseXml({ id, acs, audience, issuer, person, now }: Parameters<typeof signedResponse>[1]): Html {
  const at = (ms: number) => new Date(now + ms).toISOString();
  const { sub, ...claims } = person;
  // An id begins with a letter or an underscore.
  const newId = () => `_${randomUUID()}`;
  return html`<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="${newId()}" Version="2.0" IssueInstant="${at(0)}" Destination="${acs}" InResponseTo="${id}"><Issuer xmlns="urn:oasis:names:tc:SAML:2.0:assertion">${issuer}</Issuer><samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status><Assertion xmlns="urn:oasis:names:tc:SAML:2.0:assertion" ID="${newId()}" Version="2.0" IssueInstant="${at(0)}"><Issuer>${issuer}</Issuer><Subject><NameID>${sub}</NameID><SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><SubjectConfirmationData InResponseTo="${id}" NotOnOrAfter="${at(LIFETIME_MS)}" Recipient="${acs}"/></SubjectConfirmation></Subject><Conditions NotBefore="${at(0)}" NotOnOrAfter="${at(LIFETIME_MS)}"><AudienceRestriction><Audience>${audience}</Audience></AudienceRestriction></Conditions><AuthnStatement AuthnInstant="${at(0)}"><AuthnContext><AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified</AuthnContextClassRef></AuthnContext></AuthnStatement>${attributes(claims)}</Assertion></samlp:Response>`;
}

function attributes(claims: Record<string, unknown>): Html | false {
  const all = Object.entries(claims);
  if (all.length === 0) return false;
  const valuesOf = (value: unknown) => (Array.isArray(value) ? value : [value]);
  return html`<AttributeStatement>${all.map(
    ([name, value]) =>
      html`<Attribute Name="${name}">${valuesOf(value).map((each) => html`<AttributeValue>${textOf(each)}</AttributeValue>`)}</Attribute>`,
  )}</AttributeStatement>`;
}

const textOf = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));
