import type * as aws from "@aws-sdk/client-cognito-identity-provider";
import type { Page } from "@playwright/test";
import { startTestCognito } from "@sekisho/local-cognito/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findChromium } from "./chromium";
import { DEMO_PASSWORD, type PoolEnvironment, provision } from "./provision";
import { browserBundle } from "./testing/browser-bundle";
import { type ClientPage, openClientPage } from "./testing/client-page";

if (findChromium() === null)
  process.stdout.write("skipped: pages that call the local Cognito, because there is no Chromium\n");

/** In the page: the SDK as a script of the page has it. */
declare const sdk: typeof aws;

/** A name of an attacker's that leads to this machine, as a name server of theirs could say. */
const REBOUND = "rebound.example";

describe.skipIf(findChromium() === null)("a page of another origin in Chromium", () => {
  let cognito: Awaited<ReturnType<typeof startTestCognito>>;
  let environment: PoolEnvironment;
  let client: ClientPage;
  let page: Page;

  beforeAll(async () => {
    cognito = await startTestCognito();
    environment = await provision(cognito.url, { preTokenGeneration: false });
    client = await openClientPage(`--host-resolver-rules=MAP ${REBOUND} 127.0.0.1`);
    client.serve(browserBundle({ sdk: "@aws-sdk/client-cognito-identity-provider" }));
    page = await client.browser.newPage();
    await page.goto(client.origin);
  });
  afterAll(async () => {
    await client?.close();
    await cognito?.stop();
  });

  const pool = () => ({ UserPoolId: environment.COGNITO_USER_POOL_ID });
  /** A client as people without a server have it. */
  async function publicClient(): Promise<string> {
    const { UserPoolClient } = await cognito.sdk.createUserPoolClient({
      ...pool(),
      ClientName: "page",
      ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    });
    return UserPoolClient?.ClientId ?? "";
  }

  it("signs somebody in with the AWS SDK, reads who they are, and the keys that verify it", async () => {
    const told = await page.evaluate(
      async ([endpoint, ClientId, PASSWORD, issuer]) => {
        const client = new sdk.CognitoIdentityProvider({ endpoint, region: "ap-northeast-1" });
        const AuthParameters = { USERNAME: "bob@acme.example", PASSWORD };
        const { AuthenticationResult } = await client.initiateAuth({
          AuthFlow: "USER_PASSWORD_AUTH",
          ClientId,
          AuthParameters,
        });
        const { AccessToken } = AuthenticationResult ?? {};
        const { UserAttributes = [] } = await client.getUser({ AccessToken });
        const discovery = await (await fetch(`${issuer}/.well-known/openid-configuration`)).json();
        const { keys } = await (await fetch(discovery.jwks_uri)).json();
        // Without the scope it is refused, and the page may read so.
        const headers = { authorization: `Bearer ${AccessToken}` };
        const info = await fetch(discovery.userinfo_endpoint, { headers });
        const wrong = client.getUser({ AccessToken: "x" }).catch((error: Error) => error.name);
        return {
          email: UserAttributes.find(({ Name }) => Name === "email")?.Value,
          keys: keys.length,
          info: [info.status, (await info.json()).error],
          wrong: await wrong,
        };
      },
      [cognito.url, await publicClient(), DEMO_PASSWORD, environment.COGNITO_ISSUER] as const,
    );
    expect(told).toEqual({
      email: "bob@acme.example",
      keys: 2,
      info: [401, "invalid_token"],
      wrong: "NotAuthorizedException",
    });
  });

  it("does nothing that needs a signature, whatever it signs with", async () => {
    const told = await page.evaluate(
      async ([endpoint, UserPoolId]) => {
        const credentials = { accessKeyId: "local", secretAccessKey: "local" };
        const client = new sdk.CognitoIdentityProvider({
          endpoint,
          region: "ap-northeast-1",
          credentials,
          maxAttempts: 1,
        });
        const name = (call: Promise<unknown>) =>
          call.then(
            () => "done",
            (error: Error) => error.name,
          );
        return [
          await name(client.listUsers({ UserPoolId })),
          await name(client.deleteUserPool({ UserPoolId })),
          await name(client.adminGetUser({ UserPoolId, Username: "bob@acme.example" })),
        ];
      },
      [cognito.url, pool().UserPoolId] as const,
    );
    expect(told).toEqual(["TypeError", "TypeError", "TypeError"]);
    expect((await cognito.sdk.describeUserPool(pool())).UserPool?.Id).toBe(pool().UserPoolId);
  });

  it("reads and changes nothing of /_local/, by script, by form or as a picture", async () => {
    const told = await page.evaluate(async (url) => {
      const outcome = (path: string, init: RequestInit) =>
        fetch(`${url}/_local/${path}`, init).then(
          ({ type, status }) => `${type} ${status}`,
          (error: Error) => error.name,
        );
      const json = { "content-type": "application/json" };
      const outcomes = [
        await outcome("messages", {}),
        await outcome("reset", { method: "POST", headers: json, body: "{}" }),
        await outcome("faults", { method: "DELETE" }),
        // Sent without asking, and its answer is nobody's to read.
        await outcome("reset", { method: "POST", mode: "no-cors", body: "{}" }),
      ];
      const form = Object.assign(document.createElement("form"), {
        method: "post",
        enctype: "text/plain",
        action: `${url}/_local/reset`,
        target: "elsewhere",
      });
      const frame = Object.assign(document.createElement("iframe"), { name: "elsewhere" });
      document.body.append(frame, form);
      const loaded = new Promise((resolve) => frame.addEventListener("load", resolve, { once: true }));
      form.submit();
      await loaded;
      return outcomes;
    }, cognito.url);
    expect(told).toEqual(["TypeError", "TypeError", "TypeError", "opaque 0"]);
    expect((await cognito.sdk.describeUserPool(pool())).UserPool?.Id).toBe(pool().UserPoolId);
  });

  it("is served nothing under a name of its own that leads to loopback", async () => {
    const { port } = new URL(cognito.url);
    for (const path of ["/_local/messages", "/_local/", "/"]) {
      const url = `http://${REBOUND}:${port}${path}`;
      // A refusal is no page: Chromium takes it for a file.
      const [response] = await Promise.all([page.waitForResponse(url), page.goto(url).catch(() => null)]);
      expect(response.status()).toBe(403);
    }
  });
});
