import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { expect, test } from "vitest";
import { clientAddress } from "../auth/limits/client-address";
import { frontDoor } from "./front-door";

test("whom the connection is with goes along, over whatever a caller says about it", async () => {
  const socket = Object.defineProperty(new Socket(), "remoteAddress", { value: "198.51.100.4" });
  const request = new IncomingMessage(socket);
  Object.assign(request, { method: "GET", url: "/api/health" });
  Object.assign(request.headers, { host: "localhost:3000", "x-sekisho-peer": "203.0.113.9" });
  await frontDoor().refuse(request);
  expect(clientAddress(new Headers(request.headers as Record<string, string>))).toBe("198.51.100.4");
});

test("a request with two hosts is refused, whichever of them is ours", async () => {
  for (const second of ["localhost:3000", "evil.example"]) {
    const request = new IncomingMessage(new Socket());
    Object.assign(request, { method: "GET", url: "/api/health" });
    request.rawHeaders.push("Host", "localhost:3000", "HOST", second);
    expect(await frontDoor().refuse(request), second).toMatchObject({ status: 400 });
  }
});
