import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, describe, expect, it } from "vitest";
import { openForFile } from "./bench";
import { Browser, type Shown } from "./browser";
import { type Federated, openFederated, refusalIn } from "./federated";
import { authorizeUrl, CALLBACK, newPkce, post } from "./hosted";
import { createUser, mapOf, newEmail } from "./pool";
import { invalidParameter } from "./refusal";
import { EMAIL_CLAIM, NAME_CLAIM, newSamlProvider, requestIn, type Said } from "./saml-provider";

const target = await openForFile();
const { sdk } = target;
const corp = await newSamlProvider();
const other = await newSamlProvider();
const saml = (ProviderName: string, MetadataFile: string) => ({
  ProviderName,
  ProviderType: "SAML" as const,
  ProviderDetails: { MetadataFile },
  AttributeMapping: { email: EMAIL_CLAIM, name: NAME_CLAIM },
});
const hosted = await openFederated(target, [saml("Corp", corp.metadata), saml("Other", other.metadata)]);
const UserPoolId = hosted.pool;
const run = describe.skipIf(!target.isOwn);
const newBrowser = () => new Browser(hosted.url);

/** Sends the browser to a provider. Resolves to the address there, with the request in it. */
async function sent(
  browser: Browser,
  identity_provider = "Corp",
  changes = {},
  at: Federated = hosted,
): Promise<URL> {
  const { left, html } = await browser.open(
    authorizeUrl(at, { identity_provider, scope: "openid", ...changes }),
  );
  if (!left) throw new Error(`The browser was not sent to a provider: ${html}`);
  return left;
}

const posted = (browser: Browser, form: Record<string, string>) =>
  browser.open("/saml2/idpresponse", { method: "POST", body: new URLSearchParams(form) });

/** A whole walk: where the application is led. */
async function walk(said: Said = {}, browser = newBrowser(), changes = {}): Promise<Shown> {
  return await posted(browser, corp.answer(await sent(browser, "Corp", changes), said));
}

const usernames = async () => (await sdk.listUsers({ UserPoolId })).Users?.map(({ Username }) => Username);

async function isRefused(said: Said, from = corp): Promise<string> {
  const before = await usernames();
  const browser = newBrowser();
  const shown = await posted(browser, from.answer(await sent(browser), said));
  const [error, description] = refusalIn(shown);
  expect([error, shown.left?.searchParams.has("code")]).toEqual(["invalid_request", false]);
  expect(description).toMatch(/^Error in SAML response processing: /);
  expect(await usernames()).toEqual(before);
  return description ?? "";
}

run("a sign-in at a SAML provider", () => {
  it("asks there with an AuthnRequest of the pool, and makes a user Provider_NameID of the answer", async () => {
    const browser = newBrowser();
    const { verifier, challenge } = newPkce();
    const address = await sent(browser, "Corp", { code_challenge: challenge });
    expect(address.href.startsWith(`${corp.entityId}/sso?`)).toBe(true);
    expect(requestIn(address)).toMatchObject({
      issuer: `urn:amazon:cognito:sp:${UserPoolId}`,
      acs: `${hosted.url}/saml2/idpresponse`,
    });
    const email = newEmail("saml");
    const attributes = { [EMAIL_CLAIM]: [email], [NAME_CLAIM]: ["Ada"] };
    const { left } = await posted(browser, corp.answer(address, { nameId: "Ada@Corp.example", attributes }));
    const { body } = await post(hosted, "/oauth2/token", {
      grant_type: "authorization_code",
      client_id: hosted.client,
      code: left?.searchParams.get("code") ?? "",
      redirect_uri: CALLBACK,
      code_verifier: verifier,
    });
    expect(body.id_token).toEqual(expect.any(String));
    const user = await sdk.adminGetUser({ UserPoolId, Username: "corp_ada@corp.example" });
    expect(user.UserStatus).toBe("EXTERNAL_PROVIDER");
    const { identities = "", ...told } = mapOf(user.UserAttributes);
    expect(told).toMatchObject({ email, name: "Ada", email_verified: "false" });
    expect(JSON.parse(identities)).toMatchObject([{ providerType: "SAML", userId: "ada@corp.example" }]);
  });

  it.each<[string, Said]>([
    ["the assertion", { signs: "assertion" }],
    ["the whole response", { signs: "response" }],
    ["both", { signs: "both" }],
  ])("takes an answer of which is signed: %s", async (_, said) => {
    expect((await walk({ nameId: "signed", ...said })).left?.searchParams.has("code")).toBe(true);
  });

  it("writes several values as one, and the person anew at each sign-in", async () => {
    for (const names of [["Ada"], ["Ada", "Countess"]]) {
      await walk({ nameId: "several", attributes: { [NAME_CLAIM]: names } });
    }
    const user = await sdk.adminGetUser({ UserPoolId, Username: "corp_several" });
    expect(mapOf(user.UserAttributes).name).toBe("[Ada, Countess]");
  });

  it("reads the metadata from its address when somebody signs in", async () => {
    const server = createServer((_, response) => response.end(corp.metadata));
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    afterAll(() => server.close());
    const MetadataURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}/metadata`;
    const one = await openFederated(target, [{ ...saml("Far", ""), ProviderDetails: { MetadataURL } }]);
    const browser = new Browser(one.url);
    const shown = await posted(browser, corp.answer(await sent(browser, "Far", {}, one)));
    expect(shown.left?.searchParams.has("code")).toBe(true);
    server.close();
    const gone = await new Browser(one.url).open(authorizeUrl(one, { identity_provider: "Far" }));
    expect(refusalIn(gone)[0]).toBe("server_error");
  });
});

run("an answer is refused", () => {
  const wrapped = (xml: string, into: (evil: string, good: string) => string) => {
    const good = /<Assertion .*<\/Assertion>/s.exec(xml)?.[0] ?? "";
    const evil = good
      .replace(/<Signature .*<\/Signature>/s, "")
      .replace(/(<NameID>)[^<]*/, "$1bob")
      .replace(/ ID="[^"]*"/, ' ID="_evil"');
    return xml.replace(good, into(evil, good));
  };

  it.each<[string, Said]>([
    ["that is not signed", { signs: "nothing" }],
    ["whose signature was taken away", { tampered: (xml) => xml.replace(/<Signature .*<\/Signature>/s, "") }],
    [
      "whose name was changed after it was signed",
      { tampered: (xml) => xml.replace("<NameID>ada", "<NameID>bob") },
    ],
    [
      "whose response alone was changed",
      { signs: "response", tampered: (xml) => xml.replace("<NameID>ada", "<NameID>bob") },
    ],
    ["of another issuer", { issuer: "https://evil.example" }],
    ["for another pool", { audience: "urn:amazon:cognito:sp:eu-west-1_Other" }],
    ["for nobody in particular", { audience: null }],
    ["without conditions", { noConditions: true }],
    ["for another address", { recipient: "https://evil.example/saml2/idpresponse" }],
    ["to another request, in an envelope that names this one", { inResponseTo: "_another" }],
    ["to no request, in an envelope that names this one", { inResponseTo: null }],
    ["in an envelope that names another request", { responseTo: "_another" }],
    ["without a confirmation of its bearer", { noConfirmation: true }],
    ["that has expired", { notOnOrAfter: -60 }],
    ["that is not good yet", { notBefore: 120 }],
    [
      "wrapped: another assertion before the signed one",
      { tampered: (xml) => wrapped(xml, (evil, good) => evil + good) },
    ],
    [
      "wrapped: another assertion after the signed one",
      { tampered: (xml) => wrapped(xml, (evil, good) => good + evil) },
    ],
    [
      "wrapped: the signed one inside of another",
      {
        tampered: (xml) => wrapped(xml, (evil, good) => evil.replace("</Assertion>", `${good}</Assertion>`)),
      },
    ],
    [
      "wrapped: the signed one in an extension, another in its place",
      {
        tampered: (xml) =>
          wrapped(xml, (evil, good) => `<samlp:Extensions>${good}</samlp:Extensions>${evil}`),
      },
    ],
    [
      "wrapped: the signed one inside of another's signature",
      {
        tampered: (xml) =>
          wrapped(xml, (evil, good) => {
            const signature = /<Signature .*<\/Signature>/s.exec(good)?.[0] ?? "";
            const inner = good.replace(signature, "");
            const holder = signature.replace("</Signature>", `<Object>${inner}</Object></Signature>`);
            return evil.replace("</Issuer>", `</Issuer>${holder}`);
          }),
      },
    ],
    ["that says nobody", { nameId: "" }],
    ["that is no XML", { tampered: () => "<<<" }],
    ["with a document type", { tampered: (xml) => `<!DOCTYPE a [<!ENTITY b "c">]>${xml}` }],
  ])("%s", async (_, said) => {
    await isRefused(said);
  });

  it("of another provider of the pool, though its key is known here, too", async () => {
    await isRefused({}, other);
    await isRefused({ issuer: corp.entityId }, other);
  });

  it("a second time, and once the sign-in is over", async () => {
    const browser = newBrowser();
    const form = corp.answer(await sent(browser), { nameId: "replayed" });
    expect((await posted(browser, form)).left?.searchParams.has("code")).toBe(true);
    const again = await posted(browser, form);
    expect([again.status, again.left]).toEqual([400, undefined]);
    const next = corp.answer(await sent(browser, "Corp", { prompt: "login" }));
    // The old assertion for a new sign-in.
    const shown = await posted(browser, { ...form, RelayState: next.RelayState });
    expect(refusalIn(shown)[0]).toBe("invalid_request");
  });

  it("a second time though nobody came back for the first", async () => {
    const browser = newBrowser();
    const form = corp.answer(await sent(browser));
    const init = { method: "POST", body: new URLSearchParams(form), redirect: "manual" } as const;
    const first = await fetch(new URL("/saml2/idpresponse", hosted.url), init);
    expect(first.status).toBe(303);
    const second = await fetch(new URL("/saml2/idpresponse", hosted.url), init);
    expect(second.status).toBe(400);
  });

  it("in another browser than the one that was sent", async () => {
    const form = corp.answer(await sent(newBrowser()), { nameId: "eve" });
    const victim = newBrowser();
    await sent(victim);
    const shown = await posted(victim, form);
    expect([shown.status, shown.left, shown.html.includes("Invalid state")]).toEqual([400, undefined, true]);
  });

  it.each([
    ["that is nothing", { SAMLResponse: "" }],
    ["without RelayState", { RelayState: "" }],
    ["with a RelayState that was not given out", { RelayState: "x".repeat(43) }],
    ["with an address as RelayState, as a provider sends that was not asked", { RelayState: CALLBACK }],
  ])("%s", async (_, changes) => {
    const browser = newBrowser();
    const shown = await posted(browser, { ...corp.answer(await sent(browser)), ...changes });
    expect([shown.status, shown.left]).toEqual([400, undefined]);
  });

  it("after a quarter of an hour", async () => {
    const browser = newBrowser();
    const form = corp.answer(await sent(browser), { notOnOrAfter: 3_600 });
    await target.later(901, async () => {
      const shown = await posted(browser, form);
      expect([shown.status, shown.left]).toEqual([400, undefined]);
    });
  });

  it("at the OpenID provider's way back", async () => {
    const browser = newBrowser();
    const state = (await sent(browser)).searchParams.get("RelayState") ?? "";
    const shown = await browser.open(`/oauth2/idpresponse?${new URLSearchParams({ state, code: "x" })}`);
    expect([shown.status, shown.left]).toEqual([400, undefined]);
  });
});

run("what a SAML provider says leads to no account but its own:", () => {
  it("the e-mail address of a user of the pool makes another user", async () => {
    const { email, username } = await createUser(target, UserPoolId);
    const shown = await walk({ nameId: email, attributes: { [EMAIL_CLAIM]: [email] } });
    expect(shown.left?.searchParams.has("code")).toBe(true);
    expect(await usernames()).toContain(`corp_${email}`);
    expect((await sdk.adminGetUser({ UserPoolId, Username: email })).Username).toBe(username);
  });

  it("a comment in a name does not shorten it", async () => {
    await walk({ nameId: "root<!-- -->.evil" });
    expect(await usernames()).not.toContain("corp_root");
    expect(await usernames()).toContain("corp_root.evil");
  });
});

describe("CreateIdentityProvider of a SAML provider", () => {
  const create = (ProviderDetails: Record<string, string>) =>
    sdk.createIdentityProvider({ UserPoolId, ...saml("Refused", ""), ProviderDetails });
  const MetadataFile = corp.metadata;

  it.each([
    ["no metadata", {}],
    ["two of them", { MetadataFile, MetadataURL: "https://idp.example/metadata" }],
    ["metadata that is no XML", { MetadataFile: "<<<" }],
    ["metadata with a document type", { MetadataFile: `<!DOCTYPE a>${MetadataFile}` }],
    ["metadata of a service provider", { MetadataFile: MetadataFile.replaceAll("IDPSSO", "SPSSO") }],
    ["metadata without a certificate", { MetadataFile: MetadataFile.replaceAll("X509Certificate", "Other") }],
    [
      "metadata without an address for redirects",
      { MetadataFile: MetadataFile.replace("HTTP-Redirect", "HTTP-POST") },
    ],
    [
      "metadata whose address runs",
      { MetadataFile: MetadataFile.replace(/Location="[^"]*"/, 'Location="javascript:x"') },
    ],
    ["a member that is not known", { MetadataFile, MetadataFiel: "x" }],
    ["a username of its own", { MetadataFile, username: "mail" }],
  ])("refuses %s: InvalidParameterException", async (_, details) => {
    await invalidParameter(create(details));
  });
});
