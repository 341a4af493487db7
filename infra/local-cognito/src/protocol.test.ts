import { request as httpRequest } from "node:http";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPool, startTestCognito, type TestCognito } from "./testing/cognito";

let cognito: TestCognito;
let pool: string;

beforeAll(async () => {
  cognito = await startTestCognito();
  pool = await createPool(cognito.sdk);
});
afterAll(() => cognito.stop());

const credentials = "AWS4-HMAC-SHA256 Credential=x/20260101/ap-northeast-1/cognito-idp/aws4_request";

async function call(operation: string, body: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(cognito.url, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": `AWSCognitoIdentityProviderService.${operation}`,
      authorization: credentials,
      ...headers,
    },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

describe("an answer", () => {
  it("has the type, the error headers and the request id of AWS JSON 1.1", async () => {
    const { status, headers, body } = await call("DescribeUserPool", {
      UserPoolId: "ap-northeast-1_nonesuch",
    });
    expect(status).toBe(400);
    const message = "User pool ap-northeast-1_nonesuch does not exist.";
    expect(body).toEqual({ __type: "ResourceNotFoundException", message });
    expect(headers.get("content-type")).toBe("application/x-amz-json-1.1");
    expect(headers.get("x-amzn-errortype")).toBe("ResourceNotFoundException:");
    expect(headers.get("x-amzn-errormessage")).toBe(message);
    expect(headers.get("x-amzn-requestid")).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("to an operation that does not exist is UnknownOperationException", async () => {
    for (const operation of ["NoSuchThing", "CreateIdentityProvider", "__proto__", "constructor", ""]) {
      const { status, body } = await call(operation, {});
      expect([status, body.__type]).toEqual([400, "UnknownOperationException"]);
    }
    const { body } = await call("x", {}, { "x-amz-target": "DynamoDB_20120810.ListTables" });
    expect(body.__type).toBe("UnknownOperationException");
  });

  it("to an unsigned call of a server-side operation asks for credentials", async () => {
    const { status, body } = await call("ListUsers", { UserPoolId: pool }, { authorization: "Bearer x" });
    expect([status, body.__type]).toEqual([400, "MissingAuthenticationTokenException"]);
    const own = await call("GetUser", { AccessToken: "x" }, { authorization: "" });
    expect(own.body.__type).toBe("NotAuthorizedException");
  });
});

describe("bad parameters", () => {
  it.each([
    [
      "a missing member",
      "DescribeUserPool",
      {},
      "1 validation error detected: Value at 'userPoolId' failed to satisfy constraint: Member must not be null",
    ],
    ["null for a missing member", "DescribeUserPool", { UserPoolId: null }, "Member must not be null"],
    [
      "a wrong pattern",
      "DescribeUserPool",
      { UserPoolId: "nonsense" },
      "Value 'nonsense' at 'userPoolId' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w-]+_[0-9a-zA-Z]+",
    ],
    [
      "a value outside its set",
      "InitiateAuth",
      { ClientId: "x", AuthFlow: "PLEASE" },
      "Value 'PLEASE' at 'authFlow' failed to satisfy constraint: Member must satisfy enum value set: [",
    ],
    [
      "a number out of range",
      "ListUserPools",
      { MaxResults: 61 },
      "Value '61' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 60",
    ],
    [
      "a fault within a list",
      "AdminUpdateUserAttributes",
      { UserPoolId: "a_b", Username: "x", UserAttributes: [{ Name: "" }] },
      "at 'userAttributes.1.member.name' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ],
    ["several faults", "AdminGetUser", {}, "2 validation errors detected: "],
  ])("%s: InvalidParameterException in Cognito's words", async (_, operation, input, message) => {
    const { status, body } = await call(operation, input);
    expect([status, body.__type]).toEqual([400, "InvalidParameterException"]);
    expect(body.message).toContain(message);
  });

  it("never repeats a password", async () => {
    const Password = ` ${"hunter2".repeat(50)}`;
    const { body } = await call("AdminSetUserPassword", { UserPoolId: pool, Username: "x", Password });
    expect(body.__type).toBe("InvalidParameterException");
    expect(JSON.stringify(body)).not.toContain("hunter2");
  });

  it.each([
    ["no JSON", "{"],
    ["half a string", '{"UserPoolId":"'],
    ["no object", "[]"],
    ["a bare null", "null"],
    ["a number for a string", '{"UserPoolId":5}'],
    ["a list for a structure", '{"UserPoolId":"a_b","Username":"x","UserAttributes":{}}'],
    ["a thousand brackets", `{"UserPoolId":${"[".repeat(100_000)}${"]".repeat(100_000)}}`],
  ])("%s: SerializationException", async (_, text) => {
    const { status, body } = await call("AdminUpdateUserAttributes", text);
    expect([status, body.__type]).toEqual([400, "SerializationException"]);
  });

  it.each([
    ["prototype names", '{"__proto__":{"UserPoolId":"a_b"},"constructor":1}'],
    ["a lone surrogate", '{"UserPoolId":"\\ud800_x"}'],
    ["line breaks meant for the headers", '{"UserPoolId":"a\\r\\nx-injected: 1"}'],
    ["a NUL", '{"UserPoolId":"a\\u0000"}'],
    ["an infinite number", '{"UserPoolId":"a_b","MaxResults":1e999}'],
  ])("%s: a refusal, and the server goes on", async (_, text) => {
    const { status, headers } = await call("ListUserPools", text);
    expect(status).toBe(400);
    expect(headers.get("x-injected")).toBeNull();
    expect((await call("ListUserPools", { MaxResults: 1 })).status).toBe(200);
  });
});

describe("the door", () => {
  const raw = (path: string, method: string, headers: Record<string, string>, body = "") =>
    new Promise<number>((resolve, reject) => {
      const request = httpRequest(cognito.url + path, { method, headers }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
      request.once("error", reject);
      request.end(body);
    });

  it("refuses a body beyond its limit, declared or streamed", async () => {
    const { status, body } = await call("ListUserPools", `{"x":"${"x".repeat(600_000)}"}`);
    expect([status, body.__type]).toEqual([413, "RequestEntityTooLargeException"]);
    const headers = {
      "transfer-encoding": "chunked",
      "x-amz-target": "AWSCognitoIdentityProviderService.GetUser",
    };
    expect(await raw("/", "POST", headers, "x".repeat(600_000))).toBe(413);
  });

  it("serves loopback names only, so that no web page reaches it by a name of its own", async () => {
    expect(await raw("/_local/messages", "GET", { host: "evil.example" })).toBe(403);
    expect(await raw("/_local/messages", "GET", { host: "127.0.0.1.evil.example" })).toBe(403);
    expect(await raw("/_local/messages", "GET", { host: "localhost:1" })).toBe(200);
  });

  it("answers other paths and methods with 404, and nonsense without dying", async () => {
    expect(await raw("/nonsense", "GET", {})).toBe(404);
    expect(await raw("/", "PUT", {})).toBe(404);
    expect(await raw("/%ff/../..", "GET", {})).toBe(404);
    const { port } = new URL(cognito.url);
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), "127.0.0.1", () => socket.end("NONSENSE\r\n\r\n"));
      socket.once("close", () => resolve());
      socket.resume();
    });
    expect(await raw("/_local/messages", "GET", {})).toBe(200);
  });

  it("is open on both loopback addresses, under one port", async () => {
    const { port } = new URL(cognito.url);
    expect((await fetch(`http://localhost:${port}/_local/messages`)).status).toBe(200);
  });
});
