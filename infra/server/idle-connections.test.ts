import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { afterEach, expect, test } from "vitest";
import { idleConnections } from "./idle-connections.mjs";

let server: Server | undefined;
afterEach(async () => {
  server?.closeAllConnections();
  server?.close();
});

type Served = { closeIdle: () => void; client: Socket; socket: Socket };
async function serve(handle: RequestListener): Promise<Served> {
  server = createServer(handle).listen(0, "127.0.0.1");
  const closeIdle = idleConnections(server);
  await once(server, "listening");
  const accepted = once(server, "connection");
  const client = connect((server.address() as AddressInfo).port, "127.0.0.1");
  const [socket] = await accepted;
  return { closeIdle, client, socket };
}

const ASK = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

test("an answer that is written and not taken yet is not cut", async () => {
  // More than the kernel keeps for a reader who takes nothing.
  const large = Buffer.alloc(24_000_000, "a");
  const { closeIdle, client } = await serve((_, response) => response.end(large));
  client.pause();
  client.write(ASK);
  const [, response] = await once(server as Server, "request");
  expect(response.writableFinished).toBe(false);
  closeIdle();
  let taken = 0;
  client.on("data", (chunk) => {
    taken += chunk.byteLength;
  });
  client.resume();
  await once(response, "finish");
  await expect.poll(() => taken).toBeGreaterThan(large.byteLength);
});

test("who has had an answer and asks for nothing more is closed; who has begun to ask is not", async () => {
  const { closeIdle, client, socket } = await serve((_, response) => response.end("done"));
  closeIdle();
  client.write(ASK);
  await once(client, "data");
  const before = socket.bytesRead;
  client.write(ASK.slice(0, 20));
  await expect.poll(() => socket.bytesRead).toBe(before + 20);
  closeIdle();
  expect(socket.destroyed).toBe(false);
  client.write(ASK.slice(20));
  await once(client, "data");
  const gone = once(client, "close");
  const isClosed = () => {
    closeIdle();
    return socket.destroyed;
  };
  await expect.poll(isClosed).toBe(true);
  await gone;
});
