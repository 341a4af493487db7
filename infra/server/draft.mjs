// @ts-check
import { AsyncLocalStorage } from "node:async_hooks";
import { IncomingMessage, ServerResponse } from "node:http";

/** Runs something in the context of when this file was loaded: none of Next's, which all that is begun would inherit. */
const outside = AsyncLocalStorage.snapshot();

/**
 * Answers a request that may go on for minutes. Next keeps all that it knows of a request until the answer to it has
 * closed, 120 KB: so it gets a copy of the request, and a draft to write the answer to. What is in the draft is
 * answered; where the handler said so (SecuredResponse.goOn), it is the head, and the rest comes without Next.
 *
 * @param {IncomingMessage} request without a body
 * @param {import("./secured-response.mjs").SecuredResponse} response
 * @param {(request: IncomingMessage, response: ServerResponse) => Promise<void>} handle Next's
 */
export async function answerByDraft(request, response, handle) {
  const draft = new Draft(copyOf(request));
  const leave = () => draft.close();
  response.isDrafted = true;
  response.once("close", leave);
  draft.once("finish", () => {
    response.off("close", leave);
    if (!response.destroyed) outside(send, draft, response);
  });
  await handle(draft.req, draft);
}

/**
 * @param {Draft} draft
 * @param {import("./secured-response.mjs").SecuredResponse} response
 */
function send(draft, response) {
  for (const [name, value] of Object.entries(draft.getHeaders())) response.setHeader(name, value ?? "");
  const { begin } = response;
  response.begin = null;
  response.writeHead(draft.statusCode, draft.statusMessage);
  if (begin === null || draft.statusCode !== 200) {
    response.end(draft.body);
  } else {
    response.flushHeaders();
    begin();
  }
}

/** An answer on no connection, which keeps what is written to it. */
class Draft extends ServerResponse {
  /** @type {Buffer[]} */
  #pieces = [];

  get body() {
    return Buffer.concat(this.#pieces);
  }

  /** @override */
  writableFinished = false;
  #isClosed = false;

  /**
   * @override
   * @param {any} piece
   * @param {any} [encoding]
   */
  write(piece, encoding) {
    this.#keep(piece, encoding);
    return true;
  }

  /**
   * @override
   * @param {any} [piece]
   * @param {any} [encoding]
   */
  end(piece, encoding) {
    if (this.writableEnded) return this;
    this.#keep(piece, encoding);
    if (!this.headersSent) this.writeHead(this.statusCode);
    super.end();
    this.writableFinished = true;
    this.emit("finish");
    this.close();
    return this;
  }

  /** Tells Next that it is over: it is written, or nobody waits for it any more. */
  close() {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.destroy();
    this.emit("close");
  }

  /**
   * @param {unknown} piece
   * @param {unknown} encoding
   */
  #keep(piece, encoding) {
    if (typeof piece === "string") {
      const isNamed = typeof encoding === "string" && Buffer.isEncoding(encoding);
      this.#pieces.push(Buffer.from(piece, isNamed ? encoding : "utf8"));
    } else if (piece instanceof Uint8Array) this.#pieces.push(Buffer.from(piece));
  }
}

/** @param {IncomingMessage} request */
function copyOf(request) {
  const { method, url, httpVersion, httpVersionMajor, httpVersionMinor, rawHeaders, headers } = request;
  const copy = new IncomingMessage(request.socket);
  Object.assign(copy, { method, url, httpVersion, httpVersionMajor, httpVersionMinor, rawHeaders, headers });
  copy.complete = true;
  copy.push(null);
  return copy;
}
