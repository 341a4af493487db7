import { request as httpRequest } from "node:http";
import { connect } from "node:net";
import { afterAll, describe, expect, it } from "vitest";
import { startTestCognito } from "../testing/cognito";

const cognito = await startTestCognito();
afterAll(cognito.stop);

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
    const body = `{"x":"${"x".repeat(2_200_000)}"}`;
    const headers = { "x-amz-target": "AWSCognitoIdentityProviderService.GetUser" };
    const declared = await fetch(cognito.url, { method: "POST", headers, body });
    expect(declared.status).toBe(413);
    expect(await declared.json()).toMatchObject({ __type: "RequestEntityTooLargeException" });
    expect(await raw("/", "POST", { ...headers, "transfer-encoding": "chunked" }, body)).toBe(413);
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
});
