import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { SecuredResponse } from "./secured-response.mjs";

/** What is read of an answer that `work` writes. */
async function answerOf(work: (response: SecuredResponse) => void): Promise<[number, string]> {
  const server = createServer({ ServerResponse: SecuredResponse }, (_, response) => work(response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const answer = await fetch(`http://127.0.0.1:${port}/`);
  const read: [number, string] = [answer.status, await answer.text()];
  server.close();
  return read;
}

test("a text that a handler leaves to the server is written where Next ends the answer without one", async () => {
  const read = await answerOf((response) => {
    expect(response.endWith(201, "関所")).toBe(true);
    response.statusCode = 201;
    response.end();
  });
  expect(read).toEqual([201, "関所"]);
});

test("it is not that of another answer: of a fault that came after it, or of one with a text of its own", async () => {
  const failed = await answerOf((response) => {
    response.endWith(200, "secret");
    response.statusCode = 500;
    response.end();
  });
  const written = await answerOf((response) => {
    response.endWith(200, "secret");
    response.end("other");
  });
  expect([failed, written]).toEqual([
    [500, ""],
    [200, "other"],
  ]);
});

test("an answer that Next writes to a draft takes none", async () => {
  const read = await answerOf((response) => {
    response.isDrafted = true;
    expect(response.endWith(200, "secret")).toBe(false);
    response.end();
  });
  expect(read).toEqual([200, ""]);
});
