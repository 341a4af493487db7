import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { expect, test } from "vitest";
import { clientAddress } from "../auth/limits/client-address";
import { FEATURES } from "../features";
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

test.each([
  ["GET", "/api/health", false],
  ["GET", "/signin", false],
  ...FEATURES.flatMap(({ operations }) => Object.values(operations))
    .filter(({ answer }) => answer.contentType === "text/event-stream")
    .flatMap(({ path }): [string, string, boolean][] => [
      ["GET", path, true],
      ["GET", `${path.replace("m", "%6d")}/?since=1`, true],
      ["HEAD", path, false],
      ["POST", path, false],
    ]),
])("whether an answer may go on: %s %s, %s", (method, url, mayGoOn) => {
  const request = Object.assign(new IncomingMessage(new Socket()), { method, url });
  expect(frontDoor().mayGoOn(request)).toBe(mayGoOn);
});
