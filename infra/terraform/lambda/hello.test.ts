import { describe, expect, it } from "vitest";
import { handler } from "./hello";

/** As an HTTP API sends it behind a JWT authorizer (developer guide, "payload format version 2.0"): claims are text. */
function eventFor(claims: Record<string, string>) {
  return {
    version: "2.0",
    routeKey: "GET /hello",
    rawPath: "/hello",
    rawQueryString: "",
    headers: { host: "abcdefghij.execute-api.ap-northeast-1.amazonaws.com", "x-tenant-id": "globex" },
    requestContext: {
      accountId: "111122223333",
      apiId: "abcdefghij",
      authorizer: { jwt: { claims, scopes: ["aws.cognito.signin.user.admin"] } },
      domainName: "abcdefghij.execute-api.ap-northeast-1.amazonaws.com",
      http: {
        method: "GET",
        path: "/hello",
        protocol: "HTTP/1.1",
        sourceIp: "192.0.2.1",
        userAgent: "curl/8",
      },
      requestId: "JKJaXmPLvHcESHA=",
      routeKey: "GET /hello",
      stage: "$default",
      time: "21/Nov/2026:00:00:00 +0000",
      timeEpoch: 1_795_219_200_000,
    },
    isBase64Encoded: false,
  };
}

const access = {
  sub: "0b3c1a52-0000-4000-8000-000000000001",
  iss: "https://cognito-idp.ap-northeast-1.amazonaws.com/ap-northeast-1_EXAMPLE",
  client_id: "1example23456789",
  token_use: "access",
  scope: "aws.cognito.signin.user.admin",
  "cognito:groups": "[admin]",
  "custom:tenant_id": "acme",
};

describe("GET /hello of the protected API", () => {
  it("says hello with the token's tenant, whatever a header says", async () => {
    expect(await handler(eventFor(access))).toEqual({
      statusCode: 200,
      headers: { "content-type": "application/json", "cache-control": "private, no-store" },
      body: JSON.stringify({ message: "Hello from a protected API!", tenant_id: "acme" }),
    });
  });

  it("refuses an ID token, should one get past the route's scopes", async () => {
    const { client_id, scope, ...claims } = access;
    const answer = await handler(eventFor({ ...claims, token_use: "id", aud: client_id }));
    expect(answer).toMatchObject({
      statusCode: 401,
      headers: {
        "content-type": "application/problem+json",
        "www-authenticate": expect.stringMatching(/^Bearer /),
      },
    });
    expect(JSON.parse(answer.body)).toEqual({
      type: "about:blank",
      title: "The token is of the wrong kind",
      status: 401,
      detail: "An access token is needed.",
      code: "wrong_token_use",
      request_id: "JKJaXmPLvHcESHA=",
    });
  });

  it.each([[{}], [{ "custom:tenant_id": "" }]])("refuses a token that names no tenant", async (tenant) => {
    const { "custom:tenant_id": _, ...claims } = access;
    const answer = await handler(eventFor({ ...claims, ...tenant } as Record<string, string>));
    expect(answer.statusCode).toBe(403);
    expect(JSON.parse(answer.body)).toMatchObject({ code: "no_tenant", status: 403 });
  });

  it("refuses what no authorizer has looked at", async () => {
    expect(await handler({ requestContext: { requestId: "1" } })).toMatchObject({ statusCode: 401 });
  });
});
