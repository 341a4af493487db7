import { inflateRawSync } from "node:zlib";
import { type Call, formOf, type Reply } from "../protocol/reply";
import { choicePage, personIn } from "./choice";
import { type At, isOwnAddress, refusal } from "./endpoint";
import { peopleAt } from "./people";
import { certificateOf, signedResponse } from "./saml-response";

const REDIRECT = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";
/** An AuthnRequest has some hundred bytes. */
const LARGEST = 64 * 1024;

/** The provider's own name, wherever it is reached. */
const entityOf = (name: string) => `urn:local-cognito:idp:${name}`;

/** `GET /_idp/<name>/metadata`, for a provider's MetadataURL. */
export async function metadata({ cognito, mock, name }: At): Promise<Reply> {
  const certificate = await certificateOf(mock);
  const body = `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${entityOf(name)}">
<IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
<KeyDescriptor use="signing"><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>${certificate}</X509Certificate></X509Data></KeyInfo></KeyDescriptor>
<SingleSignOnService Binding="${REDIRECT}" Location="${cognito.url}/_idp/${name}/saml"/>
</IDPSSODescriptor>
</EntityDescriptor>
`;
  return { status: 200, headers: { "content-type": "application/samlmetadata+xml" }, body };
}

/** `GET /_idp/<name>/saml`: who it is to be, each with an answer that is signed already. `POST`: somebody made up, too. */
export async function singleSignOn(at: At, call: Call): Promise<Reply> {
  const { mock, name, cognito } = at;
  const request = requestIn(call.query.get("SAMLRequest") ?? "");
  if (!request || !isOwnAddress(at, call, { address: request.acs, path: "/saml2/idpresponse" }))
    return refusal("SAMLRequest is no request of this server's pools");
  const form = call.method === "POST" ? formOf(call) : null;
  const madeUp = form && personIn(form.get("claims") ?? "");
  const isSomebody = madeUp && typeof madeUp !== "string";
  const people = isSomebody ? [madeUp] : peopleAt(mock.people, name);
  const RelayState = call.query.get("RelayState") ?? "";
  const answers = new Map<unknown, string>();
  for (const person of people) {
    answers.set(
      person,
      await signedResponse(mock, { ...request, issuer: entityOf(name), person, now: cognito.now() }),
    );
  }
  return choicePage(name, {
    people,
    formOf: (person) => ({
      action: request.acs,
      fields: { SAMLResponse: answers.get(person) ?? "", RelayState },
    }),
    bad: typeof madeUp === "string" ? madeUp : undefined,
  });
}

/** What is asked, and by whom; undefined for what is no AuthnRequest. */
function requestIn(text: string): { id: string; acs: string; audience: string } | undefined {
  try {
    const xml = inflateRawSync(Buffer.from(text, "base64"), { maxOutputLength: LARGEST }).toString();
    const of = (pattern: RegExp) => pattern.exec(xml)?.[1];
    const id = of(/\sID="([\w.-]+)"/);
    const acs = of(/\sAssertionConsumerServiceURL="([^"&<]+)"/);
    const audience = of(/Issuer[^>]*>([\w:.-]+)</);
    return id && acs && audience ? { id, acs, audience } : undefined;
  } catch {
    return undefined;
  }
}
