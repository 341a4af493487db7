import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { Browser, type Shown } from "../contract/browser";
import { oidc, openFederated } from "../contract/federated";
import { authorizeUrl } from "../contract/hosted";
import { mapOf } from "../contract/pool";
import { mockProviderOf } from "../mock-idp";
import { startTestCognito } from "../testing/cognito";

const cognito = await startTestCognito(
  {},
  { mockIdp: { acme: [{ sub: "ann", email: "ann@acme.example", n: 1 }] } },
);
afterAll(cognito.stop);
const { sdk, url } = cognito;
const target = { sdk, hosted: () => url } as unknown as Parameters<typeof openFederated>[0];
const saml = (ProviderName: string) => ({
  ProviderName,
  ProviderType: "SAML" as const,
  ProviderDetails: { MetadataURL: `${url}/_idp/corp/metadata` },
  AttributeMapping: { email: "email", name: "name" },
});
const hosted = await openFederated(target, [
  oidc("Acme", `${url}/_idp/acme`),
  oidc("Other", `${url}/_idp/other`),
  saml("Corp"),
]);
const attributesOf = async (Username: string) =>
  mapOf((await sdk.adminGetUser({ UserPoolId: hosted.pool, Username })).UserAttributes);

/** Opens the page of a provider; the one server is both, so that the browser stays. */
const pageOf = async (browser: Browser, identity_provider: string) =>
  await browser.open(authorizeUrl(hosted, { identity_provider, scope: "openid" }));

/** Signs in as whoever comes first on the page. */
async function signIn(provider: string, browser = new Browser(url)): Promise<Shown> {
  return await browser.submit(await pageOf(browser, provider), {});
}

/** Signs in as somebody who is made up. */
async function signInAs(provider: string, claims: string): Promise<Shown> {
  const browser = new Browser(url);
  const page = await pageOf(browser, provider);
  const body = new URLSearchParams({ claims });
  return await browser.open(page.url, { method: "POST", body });
}

const hasCode = ({ left }: Shown) => left?.searchParams.has("code");

describe("the mock identity provider", () => {
  it("lets people in by OpenID Connect: those it was given, under the name that they were given for", async () => {
    const page = await pageOf(new Browser(url), "Acme");
    expect(page.html).toContain("ann@acme.example");
    expect(hasCode(await signIn("Acme"))).toBe(true);
    expect(await attributesOf("acme_ann")).toMatchObject({ email: "ann@acme.example" });
  });

  it("has people of its own under every other name, of whom one has no verified address", async () => {
    const { html } = await pageOf(new Browser(url), "Other");
    for (const name of ["alice", "bob", "carol"]) expect(html).toContain(`${name}@other.example`);
    expect(html).toContain("&quot;email_verified&quot;: true");
    expect(html).toContain("&quot;email_verified&quot;:false");
  });

  it("lets people in by SAML", async () => {
    expect(hasCode(await signIn("Corp"))).toBe(true);
    expect(await attributesOf("corp_alice")).toMatchObject({
      email: "alice@corp.example",
      name: "Alice Abe",
    });
  });

  it("lets anybody in whose claims are written on its page", async () => {
    const claims = JSON.stringify({ sub: "eve", email: "eve@x.example", name: "<Eve> & 'co'" });
    expect(hasCode(await signInAs("Other", claims))).toBe(true);
    expect((await attributesOf("other_eve")).name).toBe("<Eve> & 'co'");
    const browser = new Browser(url);
    const answer = await browser.submit(await answered(browser, claims), {});
    expect(hasCode(answer)).toBe(true);
    expect((await attributesOf("corp_eve")).name).toBe("<Eve> & 'co'");
  });
  /** Of SAML: the page with the answer for these claims. */
  async function answered(browser: Browser, claims: string): Promise<Shown> {
    const page = await pageOf(browser, "Corp");
    return await browser.open(page.url, { method: "POST", body: new URLSearchParams({ claims }) });
  }

  it.each([
    ["no JSON", "{", "no JSON"],
    ["no object", "[]", "a text sub"],
    ["nobody", '{"email":"x@x.example"}', "a text sub"],
  ])("says what is wrong with claims that are %s", async (_, claims, words) => {
    for (const provider of ["Other", "Corp"]) {
      const { status, html } = await signInAs(provider, claims);
      expect([status, html.includes(words)]).toEqual([400, true]);
    }
  });

  it("tells who people are to this server alone", async () => {
    const asked = (redirect_uri: string) => {
      const query = new URLSearchParams({ response_type: "code", client_id: "x", redirect_uri });
      return fetch(`${url}/_idp/acme/authorize?${query}`);
    };
    for (const address of [
      "https://evil.example/oauth2/idpresponse",
      `${url}/callback`,
      "x",
      `${url}.evil.example/oauth2/idpresponse`,
    ]) {
      expect((await asked(address)).status).toBe(400);
    }
    const { port } = new URL(url);
    expect((await asked(`http://localhost:${port}/oauth2/idpresponse`)).status).toBe(200);
    expect((await fetch(`${url}/_idp/corp/saml?SAMLRequest=x`)).status).toBe(400);
  });

  it("takes no form of another site, and no code twice or for another provider", async () => {
    const browser = new Browser(url);
    const page = await pageOf(browser, "Acme");
    const foreign = await browser.submit(page, {}, { origin: "https://evil.example" });
    expect(foreign.status).toBe(403);
    const query = new URL(page.url).searchParams;
    const sent = await fetch(page.url, {
      method: "POST",
      body: new URLSearchParams({ claims: '{"sub":"ann"}' }),
      redirect: "manual",
    });
    const code = new URL(sent.headers.get("location") ?? "").searchParams.get("code") ?? "";
    const redeem = (name: string, more = {}) =>
      fetch(`${url}/_idp/${name}/token`, {
        method: "POST",
        body: new URLSearchParams({
          code,
          client_id: "cognito-at-provider",
          redirect_uri: query.get("redirect_uri") ?? "",
          code_verifier: "wrong",
          ...more,
        }),
      });
    expect((await redeem("acme")).status).toBe(400);
    expect((await redeem("acme")).status).toBe(400);
    expect(
      (await fetch(`${url}/_idp/acme/userinfo`, { headers: { authorization: "Bearer x" } })).status,
    ).toBe(401);
  });

  it("is not there unless it was asked for", async () => {
    const plain = await startTestCognito();
    const { status } = await fetch(`${plain.url}/_idp/acme/.well-known/openid-configuration`);
    await plain.stop();
    expect(status).toBe(404);
  });

  it("signs by the server's clock", async () => {
    cognito.clock.advance({ days: 1 });
    expect(hasCode(await signIn("Acme"))).toBe(true);
    expect(hasCode(await signIn("Corp"))).toBe(true);
  });
});

describe("the people of the mock identity provider", () => {
  it("may be in a file, which is refused when there are none in it", async () => {
    const folder = mkdtempSync(join(tmpdir(), "cognito-people-"));
    const file = join(folder, "people.yaml");
    writeFileSync(file, "'*':\n  - { sub: '1', email: a@b.example }\n");
    expect((await mockProviderOf(file))?.people).toEqual({ "*": [{ sub: "1", email: "a@b.example" }] });
    writeFileSync(file, "acme: [{ email: a@b.example }]\n");
    await expect(mockProviderOf(file)).rejects.toThrow("must be lists of claims with a sub");
    rmSync(folder, { recursive: true });
    await expect(mockProviderOf(file)).rejects.toThrow("cannot be read");
  });
});
