import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import Provider from "oidc-provider";
import { afterAll, describe, expect, it } from "vitest";
import { openForFile } from "./bench";
import { Browser } from "./browser";
import { oidc, openFederated } from "./federated";
import { authorizeUrl } from "./hosted";
import { OIDC_CLIENT } from "./openid-provider";
import { mapOf } from "./pool";

const target = await openForFile();
const server = createServer();
await once(server.listen(0, "127.0.0.1"), "listening");
afterAll(() => server.close());
const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const hosted = await openFederated(target, [oidc("Panva", issuer)]);
const provider = new Provider(issuer, {
  clients: [
    {
      client_id: OIDC_CLIENT.id,
      client_secret: OIDC_CLIENT.secret,
      token_endpoint_auth_method: "client_secret_post",
      redirect_uris: [`${hosted.url}/oauth2/idpresponse`],
    },
  ],
  cookies: { keys: ["a key of this test"] },
  claims: { openid: ["sub"], email: ["email"], profile: ["name"] },
  pkce: { required: () => true },
  findAccount: (_, sub) => ({
    accountId: sub,
    claims: () => ({ sub, email: `${sub}@acme.example`, name: "Ada" }),
  }),
});
server.on("request", provider.callback());

/** A provider that others wrote, with its own pages: its attributes come by userInfo alone. */
describe.skipIf(!target.isOwn)("oidc-provider", () => {
  it("lets somebody in who signs in on its pages, and is told when they are to sign in anew", async () => {
    const [here, there] = [new Browser(hosted.url), new Browser(issuer)];
    const sent = await here.open(authorizeUrl(hosted, { identity_provider: "Panva" }));
    const login = await there.open(sent.left ?? "");
    const consent = await there.submit(login, { login: "ada", password: "any" });
    const { left } = await there.submit(consent, {});
    const back = await here.open(left ?? "");
    expect(back.left?.searchParams.has("code")).toBe(true);
    const named = { UserPoolId: hosted.pool, Username: "panva_ada" };
    const { UserAttributes } = await target.sdk.adminGetUser(named);
    expect(mapOf(UserAttributes)).toMatchObject({ email: "ada@acme.example", name: "Ada" });
    const again = await here.open(authorizeUrl(hosted, { identity_provider: "Panva", prompt: "login" }));
    expect(again.left?.searchParams.get("prompt")).toBe("login");
  });

  it("sends somebody back who does not want to", async () => {
    const [here, there] = [new Browser(hosted.url), new Browser(issuer)];
    const sent = await here.open(authorizeUrl(hosted, { identity_provider: "Panva" }));
    const login = await there.open(sent.left ?? "");
    const cancel = /href="([^"]*\/abort)"/.exec(login.html)?.[1] ?? "";
    const { left } = await there.open(cancel);
    const back = await here.open(left ?? "");
    expect(back.left?.searchParams.get("error")).toBe("access_denied");
  });
});
