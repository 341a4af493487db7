import { DOMParser } from "@xmldom/xmldom";

/** What a SAML provider says of itself (Metadata for SAML 2.0, 2.4). */
export interface SamlMetadata {
  entityId: string;
  /** Where a browser is sent to, by the HTTP-Redirect binding. */
  address: string;
  /** base64 of DER: what it signs with. */
  certificates: string[];
}

const METADATA = "urn:oasis:names:tc:SAML:2.0:metadata";
const REDIRECT = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";
const DSIG = "http://www.w3.org/2000/09/xmldsig#";

/** @throws Error saying what is missing */
export function metadataIn(xml: string): SamlMetadata {
  const fail = (what: string): never => {
    throw new Error(what);
  };
  // A document type can make one entity into a gigabyte.
  if (/<!DOCTYPE/i.test(xml)) fail("a document type is not allowed");
  const document = new DOMParser({
    errorHandler: { warning: () => undefined, error: fail, fatalError: fail },
  }).parseFromString(xml, "text/xml");
  const [role] = Array.from(document?.getElementsByTagNameNS(METADATA, "IDPSSODescriptor") ?? []);
  const entityId = (role?.parentNode as Element | null | undefined)?.getAttribute("entityID");
  if (!role || !entityId) throw new Error("there is no IDPSSODescriptor in an EntityDescriptor");
  const services = Array.from(role.getElementsByTagNameNS(METADATA, "SingleSignOnService"));
  const address = services
    .find((each) => each.getAttribute("Binding") === REDIRECT)
    ?.getAttribute("Location");
  if (!address || !/^https?:\/\//.test(address) || !URL.canParse(address)) {
    throw new Error("there is no SingleSignOnService with the binding HTTP-Redirect");
  }
  const certificates = Array.from(role.getElementsByTagNameNS(METADATA, "KeyDescriptor"))
    .filter((key) => key.getAttribute("use") !== "encryption")
    .flatMap((key) => Array.from(key.getElementsByTagNameNS(DSIG, "X509Certificate")))
    .map((certificate) => (certificate.textContent ?? "").replaceAll(/\s/g, ""))
    .filter((text) => text !== "");
  if (certificates.length === 0) throw new Error("there is no certificate to verify signatures with");
  return { entityId, address, certificates };
}
