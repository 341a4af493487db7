import { AsyncLocalStorage } from "node:async_hooks";
import { once } from "node:events";
import { createServer, get, IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type AddressInfo, Socket } from "node:net";
import { afterEach, expect, test } from "vitest";
import { answerByDraft } from "./draft.mjs";
import { SecuredResponse } from "./secured-response.mjs";

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

type Handle = (request: IncomingMessage, draft: ServerResponse, answer: SecuredResponse) => Promise<void>;

async function asked(handle: Handle) {
  const handler = (request: IncomingMessage, response: SecuredResponse) =>
    void answerByDraft(request, response, (copy, draft) => handle(copy, draft, response));
  server = createServer({ ServerResponse: SecuredResponse as never }, handler as never);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const request = get({ port, path: "/stream?since=1", headers: { "X-Canary": "sings" } });
  request.on("error", () => undefined);
  return request;
}

async function answerOf(handle: Handle) {
  const [answer] = (await once(await asked(handle), "response")) as [IncomingMessage];
  return { answer, text: (await answer.setEncoding("utf8").toArray()).join("") };
}

test("what is written to a draft is answered as it is", async () => {
  const { answer, text } = await answerOf(async ({ method, url, headers }, draft) => {
    draft.statusCode = 429;
    draft.setHeader("Retry-After", "7");
    draft.setHeader("Set-Cookie", ["one=1", "two=2"]);
    draft.write(`${method} ${url} `);
    draft.write(new TextEncoder().encode(String(headers["x-canary"])));
    const finished = once(draft, "finish");
    draft.end("!");
    await finished;
  });
  expect(text).toBe("GET /stream?since=1 sings!");
  expect(answer.statusCode).toBe(429);
  expect(answer.headers).toMatchObject({ "retry-after": "7", "set-cookie": ["one=1", "two=2"] });
});

test("an answer goes on when Next has ended it, and Next is told that it is over", async () => {
  const contexts = new AsyncLocalStorage<string>();
  const told: string[] = [];
  const { answer, text } = await answerOf((_, draft, response) =>
    contexts.run("of Next", async () => {
      draft.once("close", () => told.push("closed"));
      draft.setHeader("Content-Type", "text/event-stream");
      const isPossible = response.goOn(
        () => {
          told.push(`begun ${contexts.getStore()}`);
          response.write("one ");
          setImmediate(() => response.end("two"));
        },
        () => told.push("left"),
      );
      expect(isPossible).toBe(true);
      draft.end();
      told.push("ended");
    }),
  );
  expect(text).toBe("one two");
  expect(answer.headers["content-type"]).toBe("text/event-stream");
  expect(told.slice(0, 3)).toEqual(["begun undefined", "closed", "ended"]);
  await expect.poll(() => told[3]).toBe("left");
});

test("nothing goes on behind a refusal, and what would have is left", async () => {
  const told: string[] = [];
  const { answer, text } = await answerOf(async (_, draft, response) => {
    response.goOn(
      () => told.push("begun"),
      () => told.push("left"),
    );
    draft.statusCode = 500;
    draft.end("refused");
  });
  expect([answer.statusCode, text]).toEqual([500, "refused"]);
  await expect.poll(() => told).toEqual(["left"]);
});

test("who leaves before the head is out ends the work for it, and whatever would have gone on", async () => {
  const told: string[] = [];
  const request = await asked(async (_, draft, response) => {
    draft.once("close", () => {
      response.goOn(
        () => told.push("begun"),
        () => told.push("left"),
      );
      draft.end();
    });
    request.destroy();
  });
  await expect.poll(() => told).toEqual(["left"]);
});

test("an answer of which Next has no draft does not go on", () => {
  const response = new SecuredResponse(new IncomingMessage(new Socket()));
  expect(
    response.goOn(
      () => undefined,
      () => undefined,
    ),
  ).toBe(false);
});
